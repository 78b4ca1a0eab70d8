//! Sessions, as they are stored.

use crate::db::{Damaged, Row, timestamp};
use crate::work::{Stop, Work};
use crate::{LedgerError, Refusal, Session, SessionId, State};

/// The columns of `sessions` that [`Stored`] is read from.
macro_rules! columns {
    () => {
        "sessions.id, sessions.caller, sessions.policy, sessions.digest, sessions.account, sessions.environment, sessions.state, sessions.step, sessions.attempt, sessions.replaces, \
         sessions.lease_epoch, sessions.lease_until, sessions.created_at, sessions.changed_at, sessions.scan_ref, sessions.expires_at, sessions.closed_at, \
         sessions.erased_at, sessions.code, sessions.status"
    };
}

pub(super) use columns;

/// A session with what only the ledger needs to know of it.
#[derive(Clone, Debug)]
pub(crate) struct Stored {
    pub(super) session: Session,
    /// How many changes of it are in the history.
    pub(super) step: i64,
    /// Whoever holds a lease of another epoch has lost it.
    pub(super) lease_epoch: i64,
    /// The end of the lease; of a session whose outcome is unknown, since when nobody has been looking for it. By the
    /// clock that leases run by.
    pub(super) lease_until: i64,
}

impl Stored {
    /// Reads the [`columns`], which come first in the row.
    pub(super) fn read(row: &mut Row) -> Result<Self, Damaged> {
        let id = row.parsed("sessions.id")?;
        let caller = row.parsed("sessions.caller")?;
        let policy = row.text("sessions.policy")?;
        let digest = row.bytes("sessions.digest")?.try_into().map_err(|_| Damaged("sessions.digest"))?;
        let account = row.text("sessions.account")?;
        let environment = row.parsed("sessions.environment")?;
        let state = row.parsed("sessions.state")?;
        let step = row.int("sessions.step")?;
        let attempt = row.int("sessions.attempt")?.try_into().map_err(|_| Damaged("sessions.attempt"))?;
        let replaces = row.optional_parsed("sessions.replaces")?;
        let lease_epoch = row.int("sessions.lease_epoch")?;
        let lease_until = row.int("sessions.lease_until")?;
        let created_at = timestamp(row.int("sessions.created_at")?);
        let changed_at = timestamp(row.int("sessions.changed_at")?);
        let scan_ref = row.optional_parsed("sessions.scan_ref")?;
        let expires_at = row.optional_int("sessions.expires_at")?.map(timestamp);
        let closed_at = row.optional_int("sessions.closed_at")?.map(timestamp);
        let erased_at = row.optional_int("sessions.erased_at")?.map(timestamp);
        let code = row.optional_text("sessions.code")?;
        let status = row.optional_int("sessions.status")?;
        let status = status.map(u16::try_from).transpose().map_err(|_| Damaged("sessions.status"))?;
        let refusal = code.map(|code| Refusal { code, status });
        let session = Session {
            id,
            caller,
            policy,
            digest,
            account,
            environment,
            state,
            attempt,
            replaces,
            created_at,
            changed_at,
            scan_ref,
            expires_at,
            closed_at,
            erased_at,
            refusal,
        };
        Ok(Self { session, step, lease_epoch, lease_until })
    }

    /// Reads what a change has made of a session.
    pub(super) fn changed(row: Option<Row>) -> Result<Option<Self>, Damaged> {
        row.map(|mut row| Self::read(&mut row)).transpose()
    }

    /// The session, which must be there.
    pub(super) async fn find(work: &mut Work<'_>, id: SessionId) -> Result<Self, Stop> {
        let row = work.row(BY_ID, &[(&id.to_string()).into()]).await?;
        Ok(Self::changed(row)?.ok_or(LedgerError::NoSession { id })?)
    }

    /// Whether its call should have been settled by now.
    pub(super) fn is_overdue(&self, work: &Work<'_>) -> bool {
        self.session.state == State::Intended && self.lease_until <= work.now.lease
    }
}

pub(super) const BY_ID: &str = concat!("SELECT ", columns!(), " FROM sessions WHERE sessions.id = $1");

/// Lets the next call for the client of a session through.
pub(super) async fn free_slot(work: &mut Work<'_>, account: &str, client: &str) -> Result<(), Stop> {
    let delete = "DELETE FROM slots WHERE account = $1 AND client_id = $2";
    Ok(work.put(delete, &[account.into(), client.into()]).await?)
}
