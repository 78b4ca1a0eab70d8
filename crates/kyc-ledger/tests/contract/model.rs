//! A ledger does what a model of it does, whatever it is asked in whichever order.

use std::collections::HashMap;
use std::time::Duration;

use kyc_core::ScanRef;
use kyc_ledger::{
    Answer, Claim, Claimed, EraseReason, Found, Lease, Ledger, LedgerError, Outcome, Session, SessionId,
    State, Unknown,
};
use proptest::prelude::*;

use crate::support::{Store, UNKNOWN, caller, claim, client, from_now, issued, refused};

const CALLERS: [&str; 2] = ["shop", "bank"];
const CLIENTS: [&str; 2] = ["ann", "bob"];

/// Something to do. Numbers choose among what there is.
#[derive(Clone, Debug)]
enum Do {
    Claim { caller: usize, key: usize, client: usize, reuse: bool, reissue: bool },
    Settle { lease: usize, outcome: usize },
    LeaseUnknowns,
    Reconcile { unknown: usize, found: usize },
    Close { session: usize },
    Erase { session: usize },
    Restart,
}

fn any_do() -> impl Strategy<Value = Do> {
    prop_oneof![
        8 => (0..2_usize, 0..3_usize, 0..2_usize, any::<bool>(), any::<bool>())
            .prop_map(|(caller, key, client, reuse, reissue)| Do::Claim { caller, key, client, reuse, reissue }),
        6 => (any::<usize>(), 0..4_usize).prop_map(|(lease, outcome)| Do::Settle { lease, outcome }),
        2 => Just(Do::LeaseUnknowns),
        3 => (any::<usize>(), 0..3_usize).prop_map(|(unknown, found)| Do::Reconcile { unknown, found }),
        1 => any::<usize>().prop_map(|session| Do::Close { session }),
        1 => any::<usize>().prop_map(|session| Do::Erase { session }),
        1 => Just(Do::Restart),
    ]
}

/// What a session should be.
#[derive(Clone, Debug)]
struct Expected {
    id: SessionId,
    caller: usize,
    client: usize,
    state: State,
    scan_ref: Option<String>,
    closed: bool,
    erased: bool,
    attempt: u32,
}

impl Expected {
    fn is_open(&self) -> bool {
        self.state == State::Issued && !self.closed && !self.erased
    }
}

/// All that should be.
#[derive(Default)]
struct Model {
    sessions: Vec<Expected>,
    /// Which session a caller's key stands for, and for whose data.
    keys: HashMap<(usize, usize), usize>,
}

/// What a claim should become.
#[derive(Debug, PartialEq)]
enum Verdict {
    Granted { attempt: u32 },
    Known(SessionId),
    InFlight(SessionId),
    Busy(Option<SessionId>),
    Mismatch,
}

impl Model {
    fn claim(
        &mut self,
        id: SessionId,
        (caller, key, client): (usize, usize, usize),
        reuse: bool,
        reissue: bool,
    ) -> Verdict {
        let mut attempt = 1;
        let mut may_reuse = reuse;
        if let Some(number) = self.keys.get(&(caller, key)) {
            let session = &self.sessions[*number];
            // Of what is erased nobody knows the data.
            if session.client != client && !session.erased {
                return Verdict::Mismatch;
            }
            match session.state {
                State::Intended => return Verdict::InFlight(session.id),
                State::Refused | State::Absent => {}
                State::IssuedTokenLost if reissue => may_reuse = false,
                _ => return Verdict::Known(session.id),
            }
            attempt = session.attempt + 1;
        }
        let of_client = |session: &&Expected| session.client == client;
        if may_reuse
            && let Some(number) = self
                .sessions
                .iter()
                .rposition(|session| of_client(&session) && session.caller == caller && session.is_open())
        {
            self.keys.insert((caller, key), number);
            return Verdict::Known(self.sessions[number].id);
        }
        if let Some(other) = self.sessions.iter().find(|it| of_client(it) && it.state.holds_slot()) {
            return Verdict::Busy((other.caller == caller).then_some(other.id));
        }
        self.keys.insert((caller, key), self.sessions.len());
        let state = State::Intended;
        self.sessions.push(Expected {
            id,
            caller,
            client,
            state,
            scan_ref: None,
            closed: false,
            erased: false,
            attempt,
        });
        Verdict::Granted { attempt }
    }

    fn of(&mut self, id: SessionId) -> &mut Expected {
        self.sessions.iter_mut().find(|session| session.id == id).unwrap()
    }

    fn knows(&self, scan_ref: &str) -> bool {
        self.sessions.iter().any(|session| session.scan_ref.as_deref() == Some(scan_ref))
    }
}

/// The model, the ledger, and what was given out by it.
struct Run {
    store: Store,
    ledger: Ledger,
    model: Model,
    leases: Vec<Lease>,
    unknowns: Vec<Unknown>,
    scan_refs: usize,
}

impl Run {
    async fn carry_out(&mut self, what: Do) {
        match what {
            Do::Claim { caller, key, client, reuse, reissue } => {
                self.claim((caller, key, client), reuse, reissue).await;
            }
            Do::Settle { lease, outcome } => self.settle(lease, outcome).await,
            Do::LeaseUnknowns => self.lease_unknowns().await,
            Do::Reconcile { unknown, found } => self.reconcile(unknown, found).await,
            Do::Close { session } => self.close(session).await,
            Do::Erase { session } => self.erase(session).await,
            Do::Restart => self.restart().await,
        }
    }

    async fn claim(&mut self, (of, key, client): (usize, usize, usize), reuse: bool, reissue: bool) {
        let claim = Claim {
            caller: caller(CALLERS[of]),
            reuse,
            reissue,
            ..claim(&format!("k-{key}"), CLIENTS[client])
        };
        let expected = self.model.claim(claim.id, (of, key, client), reuse, reissue);
        let found = match self.ledger.claim(claim).await.unwrap() {
            Claimed::Granted(lease) => {
                let attempt = self.ledger.session(lease.id()).await.unwrap().unwrap().attempt;
                self.leases.push(lease);
                Verdict::Granted { attempt }
            }
            Claimed::Known(session) => Verdict::Known(session.id),
            Claimed::InFlight { id, .. } => Verdict::InFlight(id),
            Claimed::Busy { id, .. } => Verdict::Busy(id),
            Claimed::Mismatch => Verdict::Mismatch,
        };
        assert_eq!(found, expected);
    }

    fn new_scan_ref(&mut self) -> String {
        self.scan_refs += 1;
        format!("s-{}", self.scan_refs)
    }

    async fn settle(&mut self, lease: usize, outcome: usize) {
        let Some(lease) = pick(&mut self.leases, lease) else { return };
        let scan_ref = self.new_scan_ref();
        let (outcome, state, scan_ref) = match outcome {
            0 => (issued(&scan_ref), State::Issued, Some(scan_ref)),
            1 => (refused(), State::Refused, None),
            2 => (UNKNOWN, State::Unknown, None),
            _ => {
                let known = Some(ScanRef::new(scan_ref.clone()).unwrap());
                let weaker = Outcome::Unknown { scan_ref: known, reason: "weaker" };
                (weaker, State::IssuedTokenLost, Some(scan_ref))
            }
        };
        let expected = self.model.of(lease.id());
        let result = self.ledger.settle(&lease, &outcome).await;
        if expected.state == State::Intended {
            (expected.state, expected.scan_ref) = (state, scan_ref);
            assert_eq!(result.unwrap().state, state);
        } else {
            assert_eq!(result.unwrap_err(), LedgerError::LeaseLost { id: lease.id() });
        }
    }

    async fn lease_unknowns(&mut self) {
        let given = self.ledger.unknowns(Duration::ZERO, 100).await.unwrap();
        let held: Vec<_> = self.unknowns.iter().map(Unknown::id).collect();
        let expected = self.model.sessions.iter().filter(|it| it.state == State::Unknown);
        let expected: Vec<_> = expected.map(|it| it.id).filter(|id| !held.contains(id)).collect();
        assert_eq!(given.iter().map(Unknown::id).collect::<Vec<_>>(), expected);
        self.unknowns.extend(given);
    }

    async fn reconcile(&mut self, unknown: usize, found: usize) {
        let Some(unknown) = pick(&mut self.unknowns, unknown) else { return };
        let new: Vec<_> = (0..found).map(|_| self.new_scan_ref()).collect();
        // Whatever the vendor lists of the client is listed, known or not.
        let (id, of_client) = (unknown.id(), unknown.client.expose().to_owned());
        let known = self.model.sessions.iter().filter(|it| CLIENTS[it.client] == of_client);
        let listed: Vec<_> = known.filter_map(|it| it.scan_ref.clone()).chain(new.iter().cloned()).collect();
        assert!(!new.iter().any(|scan_ref| self.model.knows(scan_ref)));
        let listed: Vec<_> = listed.into_iter().map(|text| ScanRef::new(text).unwrap()).collect();
        let session = self.ledger.reconcile(unknown, Found::from(listed)).await.unwrap();
        let expected = self.model.of(id);
        (expected.state, expected.scan_ref) = match &*new {
            [] => (State::Absent, None),
            [one] => (State::IssuedTokenLost, Some(one.clone())),
            _ => (State::Ambiguous, None),
        };
        assert_eq!(session.state, expected.state);
    }

    async fn close(&mut self, session: usize) {
        let Some(expected) = pick_mut(&mut self.model.sessions, session) else { return };
        let Some(scan_ref) = &expected.scan_ref else { return };
        let scan_ref = ScanRef::new(scan_ref.clone()).unwrap();
        let closed = self.ledger.close(&scan_ref, from_now(Duration::ZERO)).await.unwrap();
        assert_eq!(closed, !expected.closed);
        expected.closed = true;
    }

    async fn erase(&mut self, session: usize) {
        let Some(expected) = pick_mut(&mut self.model.sessions, session) else { return };
        let result = self.ledger.erase(expected.id, EraseReason::Request, None).await;
        if expected.state.holds_slot() {
            let state = expected.state;
            assert_eq!(result.unwrap_err(), LedgerError::WrongState { id: expected.id, state });
        } else {
            assert_eq!(result.unwrap().now, !expected.erased);
            expected.erased = true;
        }
    }

    /// As if the process had been killed: what is under way is unknown, and no right is left.
    async fn restart(&mut self) {
        self.ledger.clone().shut_down().await;
        self.ledger = self.store.open("node-1").await;
        for session in self.model.sessions.iter_mut().filter(|it| it.state == State::Intended) {
            session.state = State::Unknown;
        }
        if !self.store.is_shared() {
            self.unknowns.clear();
        }
    }

    /// Everything is as the model has it.
    async fn compare(&self) {
        for expected in &self.model.sessions {
            let found = self.ledger.session(expected.id).await.unwrap().unwrap();
            let Session { state, scan_ref, attempt, closed_at, erased_at, .. } = found;
            assert_eq!((state, attempt), (expected.state, expected.attempt));
            assert_eq!(scan_ref.map(String::from), expected.scan_ref);
            assert_eq!((closed_at.is_some(), erased_at.is_some()), (expected.closed, expected.erased));
            let answer = self.ledger.answer_of(expected.id, &caller(CALLERS[expected.caller])).await.unwrap();
            assert_eq!(matches!(answer, Answer::Token(_)), expected.is_open(), "{answer:?}");
        }
        for (number, name) in CALLERS.iter().enumerate() {
            for (other, person) in CLIENTS.iter().enumerate() {
                let expected = self.model.sessions.iter().rev();
                let expected = expected.filter(|it| it.caller == number && it.client == other && !it.erased);
                let found =
                    self.ledger.sessions_of(&caller(name), &client(person), None, 1000).await.unwrap();
                let found: Vec<_> = found.into_iter().map(|session| session.id).collect();
                assert_eq!(found, expected.map(|it| it.id).collect::<Vec<_>>());
            }
        }
    }
}

fn pick<T>(from: &mut Vec<T>, number: usize) -> Option<T> {
    if from.is_empty() { None } else { Some(from.swap_remove(number % from.len())) }
}

fn pick_mut<T>(from: &mut [T], number: usize) -> Option<&mut T> {
    let length = from.len();
    if length == 0 { None } else { from.get_mut(number % length) }
}

fn agrees(store: Store, script: Vec<Do>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let ledger = store.open("node-1").await;
        let (leases, unknowns) = (Vec::new(), Vec::new());
        let mut run = Run { store, ledger, model: Model::default(), leases, unknowns, scan_refs: 0 };
        for what in script {
            run.carry_out(what).await;
        }
        run.compare().await;
        run.store.assert_intact().await;
        run.ledger.shut_down().await;
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn sqlite_agrees_with_the_model(script in prop::collection::vec(any_do(), 1..60)) {
        agrees(Store::sqlite(), script);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, max_shrink_iters: 50, ..ProptestConfig::default() })]

    #[test]
    fn postgres_agrees_with_the_model(script in prop::collection::vec(any_do(), 1..60)) {
        agrees(Store::postgres(), script);
    }
}
