//! Idempotency keys: each stands for the session that the history says.

use std::collections::BTreeMap;

use super::finding::{FindingKind as Kind, Findings};
use super::people::Person;
use super::replay::{Key, Replayed};
use super::sessions::Stored;
use super::{damaged, unavailable};
use crate::OpenError;
use crate::State;
use crate::db::{Damaged, Database, Row as Cells};
use crate::history::Part;

/// A row as it lies in the table.
pub(super) struct Pointer {
    pub(super) session: String,
    caller: String,
    tag: Vec<u8>,
    created_at: i64,
}

/// The rows that stand for sessions in a range.
pub(super) async fn read(
    database: &mut Database,
    (after, last): (&str, Option<&str>),
) -> Result<Vec<Pointer>, OpenError> {
    macro_rules! select {
        ($end:literal) => {
            concat!(
                "SELECT session_id, caller, key_tag, created_at FROM idempotency WHERE session_id > $1",
                $end
            )
        };
    }
    let rows = match last {
        Some(last) => database.rows(select!(" AND session_id <= $2"), &[after.into(), last.into()]).await,
        None => database.rows(select!(""), &[after.into()]).await,
    };
    rows.map_err(unavailable)?.into_iter().map(pointer).collect::<Result<_, _>>().map_err(damaged)
}

fn pointer(mut row: Cells) -> Result<Pointer, Damaged> {
    Ok(Pointer {
        session: row.text("idempotency.session_id")?,
        caller: row.text("idempotency.caller")?,
        tag: row.bytes("idempotency.key_tag")?,
        created_at: row.int("idempotency.created_at")?,
    })
}

pub(super) fn compare(
    stored: &Stored,
    replayed: &Replayed,
    person: Option<&Person>,
    pointers: &[Pointer],
    handed_on: &mut HandedOn,
    findings: &mut Findings,
) {
    let place = format!("session `{}`", stored.id);
    for pointer in pointers {
        match standing(pointer, replayed, person) {
            Standing::For(key) => handed_on.dated(stored, pointer, key),
            Standing::ForSome => {}
            Standing::Unknown => {
                let what = "an idempotency key stands for it that the history does not know";
                findings.add(Kind::IdempotencyDiffers, &place, what);
            }
        }
    }
    handed_on.count(&stored.id, pointers.len(), replayed);
}

/// Which of a session's keys a row stands for.
enum Standing<'a> {
    For(&'a Key),
    /// For one of several, and nobody can say which.
    ForSome,
    Unknown,
}

fn standing<'a>(pointer: &Pointer, replayed: &'a Replayed, person: Option<&Person>) -> Standing<'a> {
    if pointer.caller != replayed.caller {
        return Standing::Unknown;
    }
    let keys = &replayed.keys;
    if let Some(salt) = person.and_then(|person| person.salt.as_ref()) {
        let tag = salt.commit(Part::Key, &pointer.tag);
        return keys.iter().find(|key| key.tag == tag).map_or(Standing::Unknown, Standing::For);
    }
    // The session is erased: all that is left to tell its keys by is when they were first seen.
    let is_then = |key: &&Key| key.replaces.is_none() && key.since == pointer.created_at;
    if let Some(key) = keys.iter().find(is_then) {
        return Standing::For(key);
    }
    let mut others = keys.iter().filter(|key| key.replaces.is_some() && key.since >= pointer.created_at);
    match (others.next(), others.next()) {
        (Some(key), None) => Standing::For(key),
        (Some(_), Some(_)) => Standing::ForSome,
        (None, _) => Standing::Unknown,
    }
}

/// Keys that went on from one session to another, which can be said once all sessions were met.
#[derive(Default)]
pub(super) struct HandedOn {
    /// How many rows are in the table.
    rows: u64,
    met: u64,
    /// Sessions that have fewer or more keys than the history knows, with the difference.
    uneven: BTreeMap<String, i64>,
    /// How many keys of a session went on.
    gone_on: BTreeMap<String, i64>,
    /// Of sessions whose key may go on: since when it stands for them, and the session before.
    origins: BTreeMap<String, (i64, Option<String>)>,
    /// When each key that stood for another session before was first seen, by the table.
    dates: Vec<(String, i64, Option<String>)>,
}

impl HandedOn {
    pub(super) async fn begin(database: &mut Database) -> Result<Self, OpenError> {
        let rows = database.rows("SELECT COUNT(*) FROM idempotency", &[]).await.map_err(unavailable)?;
        let rows = rows.into_iter().next().map_or(Ok(0), |mut row| row.int("idempotency"));
        let rows = u64::try_from(rows.map_err(damaged)?).unwrap_or_default();
        Ok(Self { rows, ..Self::default() })
    }

    /// Notes when a key was first seen; a key that stood for no other session before was seen with its session.
    fn dated(&mut self, stored: &Stored, pointer: &Pointer, key: &Key) {
        if key.replaces.is_some() || key.since != pointer.created_at {
            self.dates.push((stored.id.clone(), pointer.created_at, key.replaces.clone()));
        }
    }

    fn count(&mut self, id: &str, found: usize, replayed: &Replayed) {
        self.met += found as u64;
        let known = replayed.keys.len();
        if found != known {
            let difference =
                i64::try_from(known).unwrap_or(i64::MAX) - i64::try_from(found).unwrap_or(i64::MAX);
            self.uneven.insert(id.to_owned(), difference);
        }
        for key in &replayed.keys {
            if let Some(before) = &key.replaces {
                *self.gone_on.entry(before.clone()).or_default() += 1;
            }
        }
        if let (true, Some(key)) = (replayed.state != State::Issued, replayed.keys.first()) {
            self.origins.insert(id.to_owned(), (key.since, key.replaces.clone()));
        }
    }

    pub(super) fn end(self, findings: &mut Findings) {
        for (id, difference) in &self.uneven {
            if *difference != self.gone_on.get(id).copied().unwrap_or_default() {
                let what = if *difference > 0 {
                    "an idempotency key of it is gone: its request would be taken for a new one"
                } else {
                    "more idempotency keys stand for it than the history knows"
                };
                findings.add(Kind::IdempotencyDiffers, format!("session `{id}`"), what);
            }
        }
        for (id, gone_on) in &self.gone_on {
            if !self.uneven.contains_key(id) && *gone_on > 0 {
                let what = "an idempotency key stands for it that went on to another session";
                findings.add(Kind::IdempotencyDiffers, format!("session `{id}`"), what);
            }
        }
        for (id, created_at, replaces) in &self.dates {
            if self.first_seen(replaces.as_deref()) != Some(*created_at) {
                let what = "`created_at` of an idempotency key is not when it was first seen";
                findings.add(Kind::IdempotencyDiffers, format!("session `{id}`"), what);
            }
        }
        if self.met < self.rows {
            let what = format!("{} stand for no session", self.rows - self.met);
            findings.add(Kind::IdempotencyDiffers, "idempotency keys", what);
        }
    }

    /// When a key was first seen whose session before was this one.
    fn first_seen(&self, session: Option<&str>) -> Option<i64> {
        let (mut since, ref first) = *self.origins.get(session?)?;
        let mut before = first.as_ref();
        // No chain of sessions is longer than there are sessions.
        for _ in 0..self.origins.len() {
            let Some(earlier) = before else { break };
            let (at, further) = self.origins.get(earlier)?;
            since = *at;
            before = further.as_ref();
        }
        Some(since)
    }
}
