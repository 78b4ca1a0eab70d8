//! Erasing personal data: what remains says that there was a session, and no longer whose.

use jiff::Timestamp;

use super::stored::Stored;
use crate::db::{Database, timestamp};
use crate::history::Event;
use crate::work::{Command, Query, Stop, Work};
use crate::{Due, EraseReason, Erased, LedgerError, SessionId};

/// Erases the personal data of a session that is settled.
pub(crate) struct EraseSession {
    pub(crate) id: SessionId,
    pub(crate) reason: EraseReason,
    /// Until when they have to be kept.
    pub(crate) keep: Option<Timestamp>,
}

impl Command for EraseSession {
    type Reply = Erased;

    async fn run(&self, work: &mut Work<'_>) -> Result<Erased, Stop> {
        let Stored { session, step, .. } = Stored::find(work, self.id).await?;
        let id = self.id;
        if let Some(at) = session.erased_at {
            return Ok(Erased { id, at, now: false });
        }
        if session.state.holds_slot() {
            return Err(LedgerError::WrongState { id, state: session.state }.into());
        }
        let now = work.now.timestamp();
        if let Some(until) = self.keep.filter(|until| *until > now) {
            return Err(LedgerError::Retained { id, until }.into());
        }
        let text = id.to_string();
        work.put("DELETE FROM people WHERE session_id = $1", &[(&text).into()]).await?;
        work.put(
            "UPDATE sessions SET erased_at = $1, step = $2 WHERE id = $3",
            &[work.now.wall.into(), (step + 1).into(), (&text).into()],
        )
        .await?;
        work.record(id, step + 1, &Event::Erased { reason: self.reason.as_str().to_owned() }).await?;
        work.has_erased();
        Ok(Erased { id, at: now, now: true })
    }
}

/// Settled sessions with personal data whose intents were recorded before a time, oldest first.
pub(crate) struct DueSessions {
    pub(crate) before: Timestamp,
    /// Only those after this one.
    pub(crate) after: Option<SessionId>,
    pub(crate) limit: u32,
}

impl Query for DueSessions {
    type Reply = Vec<Due>;

    async fn run(&self, database: &mut Database) -> Result<Vec<Due>, Stop> {
        let after = self.after.map(|id| id.to_string()).unwrap_or_default();
        let rows = database
            .rows(
                "SELECT sessions.id, sessions.created_at FROM people AS p JOIN sessions ON sessions.id = p.session_id \
                 WHERE p.session_id > $1 AND sessions.created_at < $2 AND sessions.state NOT IN ('intended', 'unknown') \
                 ORDER BY p.session_id LIMIT $3",
                &[(&after).into(), self.before.as_millisecond().into(), i64::from(self.limit).into()],
            )
            .await?;
        let due = rows.into_iter().map(|mut row| {
            let id = row.parsed("sessions.id")?;
            Ok(Due { id, created_at: timestamp(row.int("sessions.created_at")?) })
        });
        Ok(due.collect::<Result<_, crate::db::Damaged>>()?)
    }
}
