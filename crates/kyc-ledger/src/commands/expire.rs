//! Leases that have run out: whether a session was bought is unknown from then on.

use super::stored::{Stored, columns};
use crate::history::Event;
use crate::work::{Command, Orphans, Stop, Work};
use crate::{LedgerError, SessionId};

/// Why an outcome is unknown.
const EXPIRED: &str = "lease-expired";
const ABANDONED: &str = "abandoned";

/// Makes every intent unknown whose lease has run out.
pub(crate) struct ExpireLeases;

impl Command for ExpireLeases {
    type Reply = u64;

    async fn run(&self, work: &mut Work<'_>) -> Result<u64, Stop> {
        let now = work.now.lease;
        let rows = work
            .rows(
                concat!(
                    "SELECT ",
                    columns!(),
                    " FROM slots AS l JOIN sessions ON sessions.id = l.session_id \
                     WHERE sessions.state = 'intended' AND sessions.lease_until <= $1"
                ),
                &[now.into()],
            )
            .await?;
        let count = rows.len() as u64;
        for mut row in rows {
            expire(work, Stored::read(&mut row)?).await?;
        }
        Ok(count)
    }
}

/// Makes every intent unknown that nobody can settle any more, and lets all that is unknown be looked for at once.
pub(crate) struct ExpireOrphans(pub(crate) Orphans);

impl Command for ExpireOrphans {
    type Reply = u64;

    async fn run(&self, work: &mut Work<'_>) -> Result<u64, Stop> {
        let only_of = match self.0 {
            Orphans::All => None,
            Orphans::OfInstance => Some(work.shared.options.instance.clone()),
            Orphans::None => return Ok(0),
        };
        let rows = work
            .rows(
                concat!(
                    "SELECT ",
                    columns!(),
                    ", sessions.instance FROM slots AS l JOIN sessions ON sessions.id = l.session_id \
                     WHERE sessions.state = 'intended'"
                ),
                &[],
            )
            .await?;
        let mut count = 0;
        for mut row in rows {
            let stored = Stored::read(&mut row)?;
            let instance = row.text("sessions.instance")?;
            if only_of.as_ref().is_none_or(|only| only.as_str() == instance) {
                make_unknown(work, stored, ABANDONED).await?;
                count += 1;
            }
        }
        if self.0 == Orphans::All {
            // The clock that leases run by is another one in each process.
            let update = "UPDATE sessions SET lease_until = $1 \
                 WHERE state = 'unknown' AND id IN (SELECT session_id FROM slots)";
            work.put(update, &[work.now.lease.into()]).await?;
        }
        Ok(count)
    }
}

/// Makes an intent unknown whose lease has run out. Its slot stays taken.
pub(super) async fn expire(work: &mut Work<'_>, stored: Stored) -> Result<Stored, Stop> {
    make_unknown(work, stored, EXPIRED).await
}

async fn make_unknown(work: &mut Work<'_>, stored: Stored, reason: &str) -> Result<Stored, Stop> {
    let id: SessionId = stored.session.id;
    let (now, text) = (work.now.wall, id.to_string());
    let row = work
        .change(
            concat!(
                "UPDATE sessions SET state = 'unknown', step = sessions.step + 1, lease_epoch = sessions.lease_epoch + 1, \
                 lease_until = $1, changed_at = $2, code = $3 WHERE sessions.id = $4 AND sessions.state = 'intended' RETURNING ",
                columns!()
            ),
            &[work.now.lease.into(), now.into(), reason.into(), (&text).into()],
        )
        .await?;
    let changed = Stored::changed(row)?.ok_or(LedgerError::LeaseLost { id })?;
    work.record(id, changed.step, &Event::Unknown { reason: reason.to_owned(), scan_ref: None }).await?;
    Ok(changed)
}
