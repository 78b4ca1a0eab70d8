//! Sessions with all that hangs on them, page by page: each is replayed, and compared.

use std::collections::{BTreeMap, HashSet};

use super::finding::{FindingKind as Kind, Findings};
use super::idempotency::{self, HandedOn, Pointer};
use super::page::{self, Found};
use super::people::{self, Person};
use super::replay::{Replayed, replay};
use super::slots::Slots;
use super::{damaged, unavailable};
use crate::OpenError;
use crate::db::{Damaged, Database, Row as Cells, Value};
use crate::history::Row;
use crate::keys::{KeyId, KeyRing};

/// How many sessions are read at a time.
const PAGE: i64 = 500;

/// What was read of the sessions.
#[derive(Default)]
pub(super) struct Sessions {
    pub(super) count: u64,
    pub(super) erased: u64,
    /// The digests of their policies.
    pub(super) digests: HashSet<Vec<u8>>,
}

/// A session as it lies in the table.
pub(super) struct Stored {
    pub(super) id: String,
    instance: String,
    pub(super) caller: String,
    policy: String,
    digest: Vec<u8>,
    pub(super) account: String,
    environment: String,
    pub(super) state: String,
    step: i64,
    attempt: i64,
    replaces: Option<String>,
    created_at: i64,
    changed_at: i64,
    scan_ref: Option<String>,
    expires_at: Option<i64>,
    closed_at: Option<i64>,
    pub(super) erased_at: Option<i64>,
    code: Option<String>,
    status: Option<i64>,
}

/// Everything that the tables hold of one session.
#[derive(Default)]
struct Group {
    stored: Option<Stored>,
    rows: Vec<Row>,
    person: Option<Person>,
    pointers: Vec<Pointer>,
}

/// What no session was met for yet.
struct Open {
    slots: Slots,
    handed_on: HandedOn,
}

/// Compares all sessions with the history.
pub(super) async fn read(
    database: &mut Database,
    ring: &KeyRing,
    unchecked: &mut BTreeMap<KeyId, u64>,
    findings: &mut Findings,
) -> Result<Sessions, OpenError> {
    let mut sessions = Sessions::default();
    let mut open = Open { slots: Slots::read(database).await?, handed_on: HandedOn::begin(database).await? };
    let mut after = String::new();
    loop {
        let stored = stored(database, &after).await?;
        let last = stored.last().map(|stored| stored.id.clone());
        let mut groups: BTreeMap<String, Group> = BTreeMap::new();
        for stored in stored {
            sessions.count += 1;
            sessions.erased += u64::from(stored.erased_at.is_some());
            sessions.digests.insert(stored.digest.clone());
            let group = groups.entry(stored.id.clone()).or_default();
            group.stored = Some(stored);
        }
        // Behind the last session there must be nothing, so what is there is looked at too.
        let range = (&*after, last.as_deref());
        gather(database, range, &mut groups).await?;
        for (id, group) in groups {
            compare(&id, group, ring, &mut open, unchecked, findings);
        }
        match last {
            Some(last) => after = last,
            None => break,
        }
    }
    open.slots.end(findings);
    open.handed_on.end(findings);
    Ok(sessions)
}

/// Rows of other tables for sessions of a range: after the first, up to the last if there is one.
async fn gather(
    database: &mut Database,
    (after, last): (&str, Option<&str>),
    groups: &mut BTreeMap<String, Group>,
) -> Result<(), OpenError> {
    for Found { row, .. } in history(database, (after, last)).await? {
        let Ok(row) = row else { continue };
        let Some(session) = &row.session else { continue };
        groups.entry(session.id.clone()).or_default().rows.push(row);
    }
    for person in people::read(database, (after, last)).await? {
        let group = groups.entry(person.session.clone()).or_default();
        group.person = Some(person);
    }
    for pointer in idempotency::read(database, (after, last)).await? {
        groups.entry(pointer.session.clone()).or_default().pointers.push(pointer);
    }
    Ok(())
}

async fn history(
    database: &mut Database,
    (after, last): (&str, Option<&str>),
) -> Result<Vec<Found>, OpenError> {
    macro_rules! select {
        ($end:literal) => {
            concat!(
                "SELECT ",
                page::columns!(),
                " FROM history WHERE session_id > $1",
                $end,
                " ORDER BY session_id, step"
            )
        };
    }
    if let Some(last) = last {
        page::rows(database, select!(" AND session_id <= $2"), &[after.into(), last.into()]).await
    } else {
        page::rows(database, select!(""), &[after.into()]).await
    }
}

fn compare(
    id: &str,
    group: Group,
    ring: &KeyRing,
    open: &mut Open,
    unchecked: &mut BTreeMap<KeyId, u64>,
    findings: &mut Findings,
) {
    let Group { stored, rows, person, pointers } = group;
    let place = format!("session `{id}`");
    let replayed = replay(id, &rows, findings);
    let (stored, replayed) = match (stored, replayed) {
        (Some(stored), Some(replayed)) => (stored, replayed),
        (Some(_), None) => {
            return findings.add(Kind::SessionUnrecorded, place, "its intent is not in the history");
        }
        (None, Some(_)) => {
            return findings.add(Kind::SessionMissing, place, "it is in the history, and not in the table");
        }
        (None, None) if !rows.is_empty() => {
            return findings.add(
                Kind::SessionMissing,
                place,
                "changes of it are in the history, and nothing else",
            );
        }
        (None, None) => {
            return findings.add(
                Kind::PersonRemains,
                place,
                "there is no such session, and data of it are there",
            );
        }
    };
    for column in differing(&stored, &replayed) {
        findings.add(Kind::SessionDiffers, &place, format!("`{column}` is not what its history says"));
    }
    open.slots.compare(&stored, &replayed, person.as_ref(), findings);
    idempotency::compare(&stored, &replayed, person.as_ref(), &pointers, &mut open.handed_on, findings);
    people::compare(&stored, &replayed, person, ring, unchecked, findings);
}

/// The columns in which a session is not what the history says.
fn differing(stored: &Stored, replayed: &Replayed) -> impl Iterator<Item = &'static str> {
    [
        ("instance", stored.instance == replayed.instance),
        ("caller", stored.caller == replayed.caller),
        ("policy", stored.policy == replayed.policy),
        ("digest", *stored.digest == replayed.digest),
        ("account", stored.account == replayed.account),
        ("environment", stored.environment == replayed.environment),
        ("state", stored.state == replayed.state.as_str()),
        ("step", stored.step == replayed.step),
        ("attempt", stored.attempt == replayed.attempt),
        ("replaces", stored.replaces == replayed.replaces),
        ("created_at", stored.created_at == replayed.created_at),
        ("changed_at", stored.changed_at == replayed.changed_at),
        ("scan_ref", stored.scan_ref == replayed.scan_ref),
        ("expires_at", stored.expires_at == replayed.expires_at),
        ("closed_at", stored.closed_at == replayed.closed_at),
        ("erased_at", stored.erased_at == replayed.erased_at),
        ("code", stored.code == replayed.code),
        ("status", stored.status == replayed.status),
    ]
    .into_iter()
    .filter_map(|(column, is_same)| (!is_same).then_some(column))
}

async fn stored(database: &mut Database, after: &str) -> Result<Vec<Stored>, OpenError> {
    let sql = "SELECT id, instance, caller, policy, digest, account, environment, state, step, attempt, replaces, \
               created_at, changed_at, scan_ref, expires_at, closed_at, erased_at, code, status \
               FROM sessions WHERE id > $1 ORDER BY id LIMIT $2";
    let values: [Value<'_>; 2] = [after.into(), PAGE.into()];
    let rows = database.rows(sql, &values).await.map_err(unavailable)?;
    rows.into_iter().map(read_stored).collect::<Result<_, _>>().map_err(damaged)
}

fn read_stored(mut row: Cells) -> Result<Stored, Damaged> {
    Ok(Stored {
        id: row.text("sessions.id")?,
        instance: row.text("sessions.instance")?,
        caller: row.text("sessions.caller")?,
        policy: row.text("sessions.policy")?,
        digest: row.bytes("sessions.digest")?,
        account: row.text("sessions.account")?,
        environment: row.text("sessions.environment")?,
        state: row.text("sessions.state")?,
        step: row.int("sessions.step")?,
        attempt: row.int("sessions.attempt")?,
        replaces: row.optional_text("sessions.replaces")?,
        created_at: row.int("sessions.created_at")?,
        changed_at: row.int("sessions.changed_at")?,
        scan_ref: row.optional_text("sessions.scan_ref")?,
        expires_at: row.optional_int("sessions.expires_at")?,
        closed_at: row.optional_int("sessions.closed_at")?,
        erased_at: row.optional_int("sessions.erased_at")?,
        code: row.optional_text("sessions.code")?,
        status: row.optional_int("sessions.status")?,
    })
}
