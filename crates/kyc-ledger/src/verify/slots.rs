//! Slots: each call that is open, or whose outcome is unknown, has its client's, and nobody else has one.

use std::collections::HashMap;

use zeroize::Zeroizing;

use super::finding::{FindingKind as Kind, Findings};
use super::people::Person;
use super::replay::Replayed;
use super::sessions::Stored;
use super::{damaged, unavailable};
use crate::OpenError;
use crate::db::{Damaged, Database, Row as Cells};

/// The slots that no session was met for yet: account and client by session.
pub(super) struct Slots(HashMap<String, Vec<(String, Zeroizing<String>)>>);

impl Slots {
    /// All of them: there are no more than calls under way and unknown.
    pub(super) async fn read(database: &mut Database) -> Result<Self, OpenError> {
        let rows = database.rows("SELECT session_id, account, client_id FROM slots", &[]).await;
        let mut slots: HashMap<_, Vec<_>> = HashMap::new();
        for row in rows.map_err(unavailable)? {
            let (session, account, client) = slot(row).map_err(damaged)?;
            slots.entry(session).or_default().push((account, client));
        }
        Ok(Self(slots))
    }

    pub(super) fn compare(
        &mut self,
        stored: &Stored,
        replayed: &Replayed,
        person: Option<&Person>,
        findings: &mut Findings,
    ) {
        let held = self.0.remove(&stored.id).unwrap_or_default();
        let place = format!("session `{}`", stored.id);
        let is_right = match (&*held, replayed.state.holds_slot()) {
            ([], false) => true,
            ([(account, client)], true) => {
                *account == replayed.account
                    && person.is_none_or(|person| person.client.as_str() == client.as_str())
            }
            _ => false,
        };
        if !is_right {
            let what = if replayed.state.holds_slot() {
                "its client's slot is free, or is another one: a second call could be made"
            } else {
                "it has its client's slot although its call is settled: no other call can be made"
            };
            findings.add(Kind::SlotDiffers, place, what);
        }
    }

    /// Slots of no session.
    pub(super) fn end(self, findings: &mut Findings) {
        for session in self.0.into_keys() {
            findings.add(
                Kind::SlotDiffers,
                format!("session `{session}`"),
                "it has a slot, and there is no such session",
            );
        }
    }
}

fn slot(mut row: Cells) -> Result<(String, String, Zeroizing<String>), Damaged> {
    let (session, account) = (row.text("slots.session_id")?, row.text("slots.account")?);
    Ok((session, account, Zeroizing::new(row.text("slots.client_id")?)))
}
