//! What a session must be, by what the history says happened to it.

use super::finding::{FindingKind as Kind, Findings};
use crate::State;
use crate::history::{By, Commitment, Event, Row};

/// A session, as the history has it.
#[derive(Clone, Debug)]
pub(super) struct Replayed {
    pub(super) instance: String,
    pub(super) caller: String,
    pub(super) policy: String,
    pub(super) digest: [u8; 32],
    pub(super) account: String,
    pub(super) environment: String,
    pub(super) state: State,
    pub(super) step: i64,
    pub(super) attempt: i64,
    pub(super) replaces: Option<String>,
    pub(super) created_at: i64,
    pub(super) changed_at: i64,
    pub(super) scan_ref: Option<String>,
    pub(super) expires_at: Option<i64>,
    pub(super) closed_at: Option<i64>,
    pub(super) erased_at: Option<i64>,
    pub(super) code: Option<String>,
    pub(super) status: Option<i64>,
    pub(super) client: Commitment,
    pub(super) data: Commitment,
    /// The idempotency keys that stand for it; the first is its own.
    pub(super) keys: Vec<Key>,
    pub(super) token: Option<Commitment>,
    pub(super) note: Option<Commitment>,
}

/// An idempotency key that stands for a session.
#[derive(Clone, Debug)]
pub(super) struct Key {
    pub(super) tag: Commitment,
    /// Since when it stands for it.
    pub(super) since: i64,
    /// The session that it stood for before.
    pub(super) replaces: Option<String>,
}

/// Replays the rows of one session, in the order of their steps. Nothing if they do not begin with its intent.
pub(super) fn replay(id: &str, rows: &[Row], findings: &mut Findings) -> Option<Replayed> {
    let place = format!("session `{id}`");
    let mut replayed: Option<Replayed> = None;
    let mut expected = 1;
    for row in rows {
        let step = row.session.as_ref().map_or(0, |session| session.step);
        if step != expected {
            let last = step.saturating_sub(1);
            let what = format!("its steps {expected} to {last} are not in the history");
            findings.add(Kind::StepMissing, &place, what);
        }
        expected = step.saturating_add(1);
        // What cannot be read was told with its chain.
        let Ok(event) = row.event() else { continue };
        match &mut replayed {
            None => replayed = begin(row, event),
            Some(session) => {
                session.step = step;
                if !advance(session, row.at, event) {
                    let what = format!("step {step}, `{}`, cannot follow what was before", row.kind);
                    findings.add(Kind::StepImpossible, &place, what);
                }
            }
        }
        replayed.as_ref()?;
    }
    replayed
}

fn begin(row: &Row, event: Event) -> Option<Replayed> {
    let Event::Intended {
        caller,
        policy,
        digest,
        account,
        environment,
        attempt,
        replaces,
        key,
        data,
        client,
        request: _,
    } = event
    else {
        return None;
    };
    Some(Replayed {
        instance: row.instance.clone(),
        caller,
        policy,
        digest: *digest.as_bytes(),
        account,
        environment,
        state: State::Intended,
        step: row.session.as_ref().map_or(1, |session| session.step),
        attempt: attempt.into(),
        keys: vec![Key { tag: key, since: row.at, replaces: replaces.clone() }],
        replaces,
        created_at: row.at,
        changed_at: row.at,
        scan_ref: None,
        expires_at: None,
        closed_at: None,
        erased_at: None,
        code: None,
        status: None,
        client,
        data,
        token: None,
        note: None,
    })
}

/// Lets one more thing happen to a session. False if it cannot.
fn advance(session: &mut Replayed, at: i64, event: Event) -> bool {
    use State::{Absent, Ambiguous, Intended, Issued, IssuedTokenLost, Refused, Unknown};

    let from = session.state;
    let settles = |by: By| match by {
        By::Call => false,
        By::Reconciliation => from == Unknown,
        By::Operator => from == Ambiguous,
    };
    match event {
        Event::Issued { scan_ref, expires_at, token, answer: _ } if from == Intended => {
            (session.scan_ref, session.expires_at) = (Some(scan_ref), Some(expires_at));
            session.token = Some(token);
            session.enter(Issued, at);
        }
        Event::Refused { code, status } if from == Intended => {
            (session.code, session.status) = (Some(code), status.map(i64::from));
            session.enter(Refused, at);
        }
        Event::Unknown { reason, scan_ref } if from == Intended => {
            (session.code, session.scan_ref) = (Some(reason), scan_ref);
            session.enter(Unknown, at);
        }
        Event::Absent { by, note } if settles(by) => {
            (session.scan_ref, session.note) = (None, note);
            session.enter(Absent, at);
        }
        Event::IssuedTokenLost { scan_ref, by, note }
            if settles(by) || (by == By::Call && from == Unknown && session.scan_ref.is_some()) =>
        {
            (session.scan_ref, session.note) = (scan_ref, note);
            session.enter(IssuedTokenLost, at);
        }
        Event::Ambiguous { scan_refs: _ } if from == Unknown => {
            session.scan_ref = None;
            session.enter(Ambiguous, at);
        }
        Event::Joined { key, replaces } if from == Issued && session.erased_at.is_none() => {
            session.keys.push(Key { tag: key, since: at, replaces });
        }

        Event::Closed { closed_at } if session.scan_ref.is_some() && session.closed_at.is_none() => {
            session.closed_at = Some(closed_at);
        }
        Event::Erased { reason: _ } if !from.holds_slot() && session.erased_at.is_none() => {
            session.erased_at = Some(at);
        }
        _ => return false,
    }
    true
}

impl Replayed {
    fn enter(&mut self, state: State, at: i64) {
        (self.state, self.changed_at) = (state, at);
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::history::{ChainState, PolicyDigest, RowSession};
    use crate::keys::tests::keys;

    const SOME: Commitment = Commitment::new([1; 32]);

    fn intended() -> Event {
        Event::Intended {
            caller: "shop".to_owned(),
            policy: "eu".to_owned(),
            digest: PolicyDigest::new([2; 32]),
            account: "main".to_owned(),
            environment: "production".to_owned(),
            attempt: 1,
            replaces: None,
            key: SOME,
            data: SOME,
            client: SOME,
            request: SOME,
        }
    }

    fn issued() -> Event {
        Event::Issued { scan_ref: "s-1".to_owned(), expires_at: 9, answer: SOME, token: SOME }
    }

    fn unknown(scan_ref: Option<&str>) -> Event {
        Event::Unknown { reason: "timeout".to_owned(), scan_ref: scan_ref.map(str::to_owned) }
    }

    fn lost(by: By) -> Event {
        Event::IssuedTokenLost { scan_ref: Some("s-1".to_owned()), by, note: None }
    }

    fn absent(by: By) -> Event {
        Event::Absent { by, note: None }
    }

    fn refused() -> Event {
        Event::Refused { code: "bad".to_owned(), status: Some(400) }
    }

    fn ambiguous() -> Event {
        Event::Ambiguous { scan_refs: vec!["s-1".to_owned(), "s-2".to_owned()] }
    }

    const CLOSED: Event = Event::Closed { closed_at: 7 };

    fn erased() -> Event {
        Event::Erased { reason: "request".to_owned() }
    }

    /// The state after these events, and the words of what is wrong with them.
    fn after(events: &[Event]) -> (Option<State>, Vec<Kind>) {
        let keys = keys("k", 0);
        let mut state = ChainState::open(&keys, "node-1", 1, Timestamp::UNIX_EPOCH, "0", None).state();
        let rows: Vec<_> = events
            .iter()
            .zip(1..)
            .map(|(event, step)| {
                let session = Some(RowSession { id: "s".to_owned(), step });
                let row = state.next(&keys, Timestamp::UNIX_EPOCH, session, event);
                state = row.state();
                row
            })
            .collect();
        let mut findings = Findings::default();
        let replayed = replay("s", &rows, &mut findings);
        (replayed.map(|session| session.state), findings.kept.iter().map(|found| found.kind).collect())
    }

    #[test]
    fn every_way_that_a_session_can_go_is_followed() {
        use By::{Call, Operator, Reconciliation};
        for (events, state) in [
            (vec![], State::Intended),
            (vec![issued(), Event::Joined { key: SOME, replaces: None }, CLOSED, erased()], State::Issued),
            (vec![issued(), erased(), CLOSED], State::Issued),
            (vec![refused(), erased()], State::Refused),
            (vec![unknown(None)], State::Unknown),
            (vec![unknown(None), absent(Reconciliation)], State::Absent),
            (vec![unknown(None), lost(Reconciliation), CLOSED], State::IssuedTokenLost),
            (vec![unknown(Some("s-1")), lost(Call)], State::IssuedTokenLost),
            (vec![unknown(None), ambiguous(), absent(Operator)], State::Absent),
            (vec![unknown(None), ambiguous(), erased(), lost(Operator)], State::IssuedTokenLost),
        ] {
            let events = [vec![intended()], events].concat();
            assert_eq!(after(&events), (Some(state), vec![]), "{events:?}");
        }
    }

    #[test]
    fn what_cannot_happen_is_told() {
        use By::{Call, Operator, Reconciliation};
        for events in [
            vec![intended()],
            vec![issued(), issued()],
            vec![refused(), issued()],
            vec![issued(), unknown(None)],
            vec![absent(Reconciliation)],
            vec![unknown(None), absent(Operator)],
            vec![unknown(None), lost(Call)],
            vec![unknown(None), ambiguous(), absent(Reconciliation)],
            vec![unknown(None), erased()],
            vec![erased()],
            vec![CLOSED],
            vec![issued(), CLOSED, CLOSED],
            vec![issued(), erased(), erased()],
            vec![issued(), erased(), Event::Joined { key: SOME, replaces: None }],
            vec![refused(), Event::Joined { key: SOME, replaces: None }],
        ] {
            let events = [vec![intended()], events].concat();
            assert_eq!(after(&events).1, [Kind::StepImpossible], "{events:?}");
        }
        assert_eq!(after(&[issued()]).0, None);
    }
}
