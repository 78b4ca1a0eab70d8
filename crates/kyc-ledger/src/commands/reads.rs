//! What can be asked of a ledger without changing it.

use jiff::Timestamp;
use kyc_core::{ClientId, ScanRef};

use super::stored::{BY_ID, Stored, columns};
use crate::db::{Damaged, Database};
use crate::keys::KeyMissing;
use crate::seal::{Owner, Sealed, UnsealError, unseal};
use crate::work::{Query, Shared, Stop};
use crate::{Answer, CallerId, LedgerError, Session, SessionId, State};

/// Whether the database answers.
pub(crate) struct Ping;

impl Query for Ping {
    type Reply = ();

    async fn run(&self, database: &mut Database) -> Result<(), Stop> {
        database.rows("SELECT 1 FROM instances LIMIT 1", &[]).await?;
        Ok(())
    }
}

/// One session.
pub(crate) struct OneSession(pub(crate) SessionId);

impl Query for OneSession {
    type Reply = Option<Session>;

    async fn run(&self, database: &mut Database) -> Result<Option<Session>, Stop> {
        let rows = database.rows(BY_ID, &[(&self.0.to_string()).into()]).await?;
        Ok(Stored::changed(rows.into_iter().next())?.map(|stored| stored.session))
    }
}

/// A caller's sessions for one client, latest first.
pub(crate) struct SessionsOf {
    pub(crate) caller: CallerId,
    pub(crate) client: ClientId,
    /// Only those before this one.
    pub(crate) before: Option<SessionId>,
    pub(crate) limit: u32,
}

impl Query for SessionsOf {
    type Reply = Vec<Session>;

    async fn run(&self, database: &mut Database) -> Result<Vec<Session>, Stop> {
        // No session's identifier is greater than this.
        let before = self.before.map_or_else(|| "g".to_owned(), |id| id.to_string());
        let rows = database
            .rows(
                concat!(
                    "SELECT ",
                    columns!(),
                    " FROM people AS p JOIN sessions ON sessions.id = p.session_id \
                     WHERE p.client_id = $1 AND sessions.caller = $2 AND sessions.id < $3 ORDER BY sessions.id DESC LIMIT $4"
                ),
                &[
                    self.client.expose().into(),
                    self.caller.as_str().into(),
                    (&before).into(),
                    i64::from(self.limit).into(),
                ],
            )
            .await?;
        let sessions = rows.into_iter().map(|mut row| Ok(Stored::read(&mut row)?.session));
        Ok(sessions.collect::<Result<_, Damaged>>()?)
    }
}

/// The vendor's references of all sessions of one client of one account that are not erased.
pub(crate) struct KnownScanRefs {
    pub(crate) account: String,
    pub(crate) client: ClientId,
}

impl Query for KnownScanRefs {
    type Reply = Vec<ScanRef>;

    async fn run(&self, database: &mut Database) -> Result<Vec<ScanRef>, Stop> {
        let rows = database
            .rows(
                "SELECT sessions.scan_ref FROM people AS p JOIN sessions ON sessions.id = p.session_id \
                 WHERE p.client_id = $1 AND sessions.account = $2 AND sessions.scan_ref IS NOT NULL ORDER BY sessions.id",
                &[self.client.expose().into(), (&self.account).into()],
            )
            .await?;
        let scan_refs = rows.into_iter().map(|mut row| row.parsed("sessions.scan_ref"));
        Ok(scan_refs.collect::<Result<_, Damaged>>()?)
    }
}

/// The token of a session, once more.
pub(crate) struct ReadAnswer {
    pub(crate) id: SessionId,
    pub(crate) caller: CallerId,
    pub(crate) shared: std::sync::Arc<Shared>,
}

impl Query for ReadAnswer {
    type Reply = Answer;

    async fn run(&self, database: &mut Database) -> Result<Answer, Stop> {
        let rows = database
            .rows(
                concat!(
                    "SELECT ",
                    columns!(),
                    ", p.key_id, p.sealed FROM sessions LEFT JOIN people AS p ON p.session_id = sessions.id \
                     WHERE sessions.id = $1 AND sessions.caller = $2"
                ),
                &[(&self.id.to_string()).into(), self.caller.as_str().into()],
            )
            .await?;
        let row = rows.into_iter().next();
        let mut row = row.ok_or(LedgerError::NoSession { id: self.id })?;
        let Session { state, created_at, expires_at, closed_at, erased_at, .. } =
            Stored::read(&mut row)?.session;
        let now = Timestamp::now();
        let replay_ends = created_at.as_millisecond().saturating_add(self.shared.replay());
        if erased_at.is_some() {
            return Ok(Answer::Erased);
        }
        if state != State::Issued {
            return Ok(Answer::None);
        }
        if closed_at.is_some() {
            return Ok(Answer::Closed);
        }
        if expires_at.is_none_or(|at| at <= now) || replay_ends <= now.as_millisecond() {
            return Ok(Answer::Expired);
        }
        let key_id = row.parsed("people.key_id")?;
        let sealed = Sealed { key_id, bytes: row.bytes("people.sealed")? };
        let owner = Owner { session: &self.id.to_string(), caller: self.caller.as_str() };
        match unseal(&self.shared.ring, owner, &sealed) {
            Ok(token) => Ok(Answer::Token(token)),
            Err(UnsealError::KeyMissing(KeyMissing(key_id))) => Ok(Answer::KeyMissing(key_id)),
            Err(_) => Err(Damaged("people.sealed").into()),
        }
    }
}
