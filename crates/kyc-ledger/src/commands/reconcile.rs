//! Reconciliation: finding out what became of calls whose outcome is unknown.

use kyc_core::{ClientId, ScanRef};

use super::stored::{Stored, columns, free_slot};
use crate::db::{Damaged, timestamp};
use crate::history::{By, Event};
use crate::work::{Command, Stop, Work};
use crate::{Found, LedgerError, Session, State, Unknown};

/// Gives out sessions whose outcome is unknown, each to nobody else for a while.
pub(crate) struct LeaseUnknowns {
    /// How long the outcome must have been unknown, in milliseconds.
    pub(crate) quiet: i64,
    /// How long whoever is given them has for them, in milliseconds.
    pub(crate) finding: i64,
    pub(crate) limit: u32,
}

impl Command for LeaseUnknowns {
    type Reply = Vec<Unknown>;

    const UNHEARD: bool = false;

    async fn run(&self, work: &mut Work<'_>) -> Result<Vec<Unknown>, Stop> {
        // By the clock that nobody sets: a session that was just created may not be listed yet.
        let now = work.now.lease;
        let quiet_since = now.saturating_sub(self.quiet);
        let rows = work
            .rows(
                "SELECT sessions.id, sessions.account, sessions.changed_at, sessions.lease_epoch, l.client_id \
                 FROM slots AS l JOIN sessions ON sessions.id = l.session_id \
                 WHERE sessions.state = 'unknown' AND sessions.lease_until <= $1 ORDER BY sessions.id LIMIT $2",
                &[quiet_since.into(), i64::from(self.limit).into()],
            )
            .await?;
        let until = now.saturating_add(self.finding);
        let mut unknowns = Vec::with_capacity(rows.len());
        for mut row in rows {
            let id = row.text("sessions.id")?;
            let account = row.text("sessions.account")?;
            let since = timestamp(row.int("sessions.changed_at")?);
            let epoch = row.int("sessions.lease_epoch")? + 1;
            let client =
                ClientId::new(&row.text("slots.client_id")?).map_err(|_| Damaged("slots.client_id"))?;
            work.put(
                "UPDATE sessions SET lease_epoch = $1, lease_until = $2 WHERE id = $3",
                &[epoch.into(), until.into(), (&id).into()],
            )
            .await?;
            unknowns.push(Unknown {
                id: id.parse().map_err(|_| Damaged("sessions.id"))?,
                epoch,
                account: account.into(),
                client,
                since,
                until: work.now.on_the_wall(until),
            });
        }
        Ok(unknowns)
    }
}

/// Settles a session whose outcome was unknown by what the vendor has.
pub(crate) struct Reconcile {
    pub(crate) unknown: Unknown,
    pub(crate) found: Found,
}

impl Command for Reconcile {
    type Reply = Session;

    async fn run(&self, work: &mut Work<'_>) -> Result<Session, Stop> {
        let new = self.not_known(work).await?;
        let (state, scan_ref, event) = match &*new {
            [] => (State::Absent, None, Event::Absent { by: By::Reconciliation, note: None }),
            [scan_ref] => (
                State::IssuedTokenLost,
                Some(scan_ref.as_str()),
                Event::IssuedTokenLost {
                    scan_ref: Some(scan_ref.to_string()),
                    by: By::Reconciliation,
                    note: None,
                },
            ),
            several => (
                State::Ambiguous,
                None,
                Event::Ambiguous { scan_refs: several.iter().map(ToString::to_string).collect() },
            ),
        };
        let Unknown { id, epoch, account, client, .. } = &self.unknown;
        let text = id.to_string();
        let values =
            [state.as_str().into(), work.now.wall.into(), scan_ref.into(), (&text).into(), (*epoch).into()];
        let row = work
            .change(
                concat!(
                    "UPDATE sessions SET state = $1, step = sessions.step + 1, changed_at = $2, scan_ref = $3, \
                     lease_until = 0 WHERE sessions.id = $4 AND sessions.lease_epoch = $5 AND sessions.state = 'unknown' RETURNING ",
                    columns!()
                ),
                &values,
            )
            .await?;
        let changed = Stored::changed(row)?.ok_or(LedgerError::LeaseLost { id: *id })?;
        free_slot(work, account, client.expose()).await?;
        work.record(*id, changed.step, &event).await?;
        Ok(changed.session)
    }
}

impl Reconcile {
    /// What was found without what the ledger knows already, whoever's it is by now.
    async fn not_known(&self, work: &mut Work<'_>) -> Result<Vec<ScanRef>, Stop> {
        let found = match &self.found {
            Found::Nothing => &[][..],
            Found::One(scan_ref) => std::slice::from_ref(scan_ref),
            Found::Several(scan_refs) => scan_refs,
        };
        let mut new = Vec::new();
        for scan_ref in found {
            let known = work
                .row(
                    "SELECT 1 FROM sessions WHERE scan_ref = $1 AND account = $2 LIMIT 1",
                    &[scan_ref.as_str().into(), (&*self.unknown.account).into()],
                )
                .await?;
            if known.is_none() && !new.contains(scan_ref) {
                new.push(scan_ref.clone());
            }
        }
        Ok(new)
    }
}
