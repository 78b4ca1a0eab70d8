//! A caller's sessions: what became of them, and erasing their personal data.

use kyc_core::ClientId;
use kyc_ledger::{EraseReason, Erased, LedgerError, Scope, Session, SessionId};

use super::caller::Caller;
use super::code::Code;
use super::gate::ledger_failed;
use super::problem::Problem;
use super::running::Engine;

impl Engine {
    /// One session of the caller.
    pub async fn session(&self, caller: &Caller, id: SessionId) -> Result<Session, Problem> {
        caller.needs(Scope::Read)?;
        self.own(caller, id).await
    }

    /// The caller's sessions for one client, latest first: at most `limit`, and only those before `before`.
    pub async fn sessions_of(
        &self,
        caller: &Caller,
        client: &ClientId,
        before: Option<SessionId>,
        limit: u32,
    ) -> Result<Vec<Session>, Problem> {
        caller.needs(Scope::Read)?;
        let sessions = self.parts.ledger.sessions_of(&caller.id, client, before, limit).await;
        sessions.map_err(|error| ledger_failed(&error))
    }

    /// Erases the personal data of a session of the caller: the client's identifier, the token, and what ties them to the
    /// history. The vendor keeps what it has.
    ///
    /// # Errors
    ///
    /// [`Code::SessionRetained`] while the policies' `retention` holds, [`Code::InProgress`] while the outcome of its call
    /// is not known.
    pub async fn erase(
        &self,
        caller: &Caller,
        id: SessionId,
        reason: EraseReason,
    ) -> Result<Erased, Problem> {
        caller.needs(Scope::Erase)?;
        let session = self.own(caller, id).await?;
        let keep = self.policies().shared().kept_until(session.created_at);
        self.parts.ledger.erase(id, reason, keep).await.map_err(|error| match error {
            LedgerError::Retained { until, .. } => {
                Problem::new(Code::SessionRetained, format!("the session is kept until {until}"))
                    .of_session(id)
            }
            LedgerError::WrongState { state, .. } => {
                let detail = format!("the session is {state}: what it is about is not settled yet");
                Problem::new(Code::InProgress, detail).of_session(id).retry_after(self.parts.found_out())
            }
            error => ledger_failed(&error),
        })
    }

    /// The session, if it is the caller's. Another caller's does not exist.
    async fn own(&self, caller: &Caller, id: SessionId) -> Result<Session, Problem> {
        let session = self.parts.ledger.session(id).await.map_err(|error| ledger_failed(&error))?;
        session
            .filter(|session| session.caller == caller.id)
            .ok_or_else(|| Problem::new(Code::SessionNotFound, format!("no session has the id {id}")))
    }
}
