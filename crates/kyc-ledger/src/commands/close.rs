//! The first result of a session: its token is given to nobody any more.

use jiff::Timestamp;
use kyc_core::ScanRef;

use super::stored::{Stored, columns};
use crate::history::Event;
use crate::work::{Command, Stop, Work};

/// Ends the replay of the session that the vendor's reference names.
pub(crate) struct CloseSession {
    pub(crate) scan_ref: ScanRef,
    pub(crate) at: Timestamp,
}

impl Command for CloseSession {
    /// Whether there was a session that was not closed yet.
    type Reply = bool;

    async fn run(&self, work: &mut Work<'_>) -> Result<bool, Stop> {
        let rows = work
            .rows(
                concat!(
                    "SELECT ",
                    columns!(),
                    " FROM sessions WHERE sessions.scan_ref = $1 AND sessions.closed_at IS NULL"
                ),
                &[self.scan_ref.as_str().into()],
            )
            .await?;
        let closed = !rows.is_empty();
        for mut row in rows {
            let Stored { session, step, .. } = Stored::read(&mut row)?;
            work.put(
                "UPDATE sessions SET closed_at = $1, step = $2 WHERE id = $3",
                &[self.at.as_millisecond().into(), (step + 1).into(), (&session.id.to_string()).into()],
            )
            .await?;
            let closed_at = self.at.as_millisecond();
            work.record(session.id, step + 1, &Event::Closed { closed_at }).await?;
        }
        Ok(closed)
    }
}
