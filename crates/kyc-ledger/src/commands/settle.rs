//! Settling: what became of a call, by whoever holds its lease.

use super::stored::{BY_ID, Stored, columns, free_slot};
use crate::history::{By, Commitment, Event, Part};
use crate::seal::{Owner, Sealed, seal};
use crate::work::{Command, Shared, Stop, Work};
use crate::{Lease, LedgerError, Outcome, Session, SessionId, State};

/// An outcome, with everything that could be computed of it before.
#[derive(Clone)]
pub(crate) struct Settle {
    id: SessionId,
    epoch: i64,
    account: std::sync::Arc<str>,
    client: kyc_core::ClientId,
    outcome: Settled,
}

#[derive(Clone)]
enum Settled {
    Issued { scan_ref: String, expires_at: i64, answer: Commitment, token: Commitment, sealed: Sealed },
    Refused { code: String, status: Option<u16> },
    Unknown { reason: &'static str },
    Lost { reason: &'static str, scan_ref: String },
}

impl Settle {
    pub(crate) fn new(shared: &Shared, lease: &Lease, outcome: &Outcome) -> Result<Self, LedgerError> {
        let outcome = match outcome {
            Outcome::Issued { token, answer } => {
                let owner = Owner { session: &lease.id.to_string(), caller: lease.caller.as_str() };
                let sealed = seal(shared.ring.newest(), owner, token)
                    .map_err(|error| LedgerError::Unavailable { reason: error.to_string() })?;
                Settled::Issued {
                    scan_ref: token.scan_ref.to_string(),
                    expires_at: token.expires_at.as_millisecond(),
                    answer: lease.salt.commit(Part::Answer, answer.expose()),
                    token: lease.salt.commit(Part::Token, token.auth_token.expose_secret().as_bytes()),
                    sealed,
                }
            }
            Outcome::Refused { code, status } => Settled::Refused { code: code.clone(), status: *status },
            Outcome::Unknown { scan_ref: None, reason } => Settled::Unknown { reason },
            Outcome::Unknown { scan_ref: Some(scan_ref), reason } => {
                Settled::Lost { reason, scan_ref: scan_ref.to_string() }
            }
        };
        let (account, client) = (lease.account.clone(), lease.client.clone());
        Ok(Self { id: lease.id, epoch: lease.epoch, account, client, outcome })
    }
}

impl Settled {
    const fn state(&self) -> State {
        match self {
            Self::Issued { .. } => State::Issued,
            Self::Refused { .. } => State::Refused,
            Self::Unknown { .. } => State::Unknown,
            Self::Lost { .. } => State::IssuedTokenLost,
        }
    }
}

impl Command for Settle {
    type Reply = Session;

    async fn run(&self, work: &mut Work<'_>) -> Result<Session, Stop> {
        let Some(changed) = self.change(work).await? else { return self.settled_before(work).await };
        if !self.outcome.state().holds_slot() {
            free_slot(work, &self.account, self.client.expose()).await?;
        }
        match &self.outcome {
            Settled::Issued { scan_ref, expires_at, answer, token, sealed } => {
                work.put(
                    "UPDATE people SET key_id = $1, sealed = $2 WHERE session_id = $3",
                    &[sealed.key_id.as_str().into(), (&*sealed.bytes).into(), (&self.id.to_string()).into()],
                )
                .await?;
                let event = Event::Issued {
                    scan_ref: scan_ref.clone(),
                    expires_at: *expires_at,
                    answer: *answer,
                    token: *token,
                };
                work.record(self.id, changed.step, &event).await?;
            }
            Settled::Refused { code, status } => {
                let event = Event::Refused { code: code.clone(), status: *status };
                work.record(self.id, changed.step, &event).await?;
            }
            Settled::Unknown { reason } => {
                let event = Event::Unknown { reason: (*reason).to_owned(), scan_ref: None };
                work.record(self.id, changed.step, &event).await?;
            }
            Settled::Lost { reason, scan_ref } => {
                let scan_ref = Some(scan_ref.clone());
                let unknown = Event::Unknown { reason: (*reason).to_owned(), scan_ref: scan_ref.clone() };
                work.record(self.id, changed.step - 1, &unknown).await?;
                let lost = Event::IssuedTokenLost { scan_ref, by: By::Call, note: None };
                work.record(self.id, changed.step, &lost).await?;
            }
        }
        Ok(changed.session)
    }
}

impl Settle {
    /// Changes the session, if the lease still holds.
    async fn change(&self, work: &mut Work<'_>) -> Result<Option<Stored>, Stop> {
        let (scan_ref, expires_at, code, status, steps) = match &self.outcome {
            Settled::Issued { scan_ref, expires_at, .. } => {
                (Some(scan_ref), Some(*expires_at), None, None, 1)
            }
            Settled::Refused { code, status } => (None, None, Some(&**code), status.map(i64::from), 1),
            Settled::Unknown { reason } => (None, None, Some(*reason), None, 1),
            Settled::Lost { reason, scan_ref } => (Some(scan_ref), None, Some(*reason), None, 2),
        };
        let id = self.id.to_string();
        let values = [
            self.outcome.state().as_str().into(),
            i64::from(steps).into(),
            work.now.wall.into(),
            scan_ref.into(),
            expires_at.into(),
            code.into(),
            status.into(),
            (&id).into(),
            self.epoch.into(),
        ];
        let row = work
            .change(
                concat!(
                    "UPDATE sessions SET state = $1, step = sessions.step + $2, changed_at = $3, scan_ref = $4, \
                     expires_at = $5, code = $6, status = $7, lease_until = 0 \
                     WHERE sessions.id = $8 AND sessions.lease_epoch = $9 AND sessions.state = 'intended' RETURNING ",
                    columns!()
                ),
                &values,
            )
            .await?;
        Ok(Stored::changed(row)?)
    }

    /// A call is settled once; told a second time, such as after a connection that was lost, it is as it is.
    async fn settled_before(&self, work: &mut Work<'_>) -> Result<Session, Stop> {
        let row = work.row(BY_ID, &[(&self.id.to_string()).into()]).await?;
        match Stored::changed(row)? {
            Some(stored)
                if stored.lease_epoch == self.epoch && stored.session.state == self.outcome.state() =>
            {
                Ok(stored.session)
            }
            Some(_) => Err(LedgerError::LeaseLost { id: self.id }.into()),
            None => Err(LedgerError::NoSession { id: self.id }.into()),
        }
    }
}
