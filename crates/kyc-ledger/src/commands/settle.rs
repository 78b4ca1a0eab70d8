//! Settling: what became of a call, by whoever holds its lease.

use std::sync::Arc;

use kyc_core::{ClientId, ScanRef};

use super::stored::{Stored, free_slot};
use crate::db::timestamp;
use crate::history::{By, Commitment, Event, Part};
use crate::seal::{Owner, Sealed, seal};
use crate::work::{Command, Shared, Stop, Work};
use crate::{Lease, LedgerError, Outcome, Refusal, Session, SessionId, State};

/// An outcome, with everything that could be computed of it before.
pub(crate) struct Settle {
    id: SessionId,
    epoch: i64,
    account: Arc<str>,
    client: ClientId,
    outcome: Settled,
}

enum Settled {
    Issued { scan_ref: ScanRef, expires_at: i64, answer: Commitment, token: Commitment, sealed: Sealed },
    Refused { code: String, status: Option<u16> },
    Unknown { reason: &'static str },
    Lost { reason: &'static str, scan_ref: ScanRef },
}

impl Settle {
    pub(crate) fn new(shared: &Shared, lease: &Lease, outcome: &Outcome) -> Result<Self, LedgerError> {
        let outcome = match outcome {
            Outcome::Issued { token, answer } => {
                let owner = Owner { session: &lease.id.to_string(), caller: lease.caller.as_str() };
                let sealed = seal(shared.ring.newest(), owner, token)
                    .map_err(|error| LedgerError::Unavailable { reason: error.to_string() })?;
                Settled::Issued {
                    scan_ref: token.scan_ref.clone(),
                    expires_at: token.expires_at.as_millisecond(),
                    answer: lease.salt.commit(Part::Answer, answer.expose()),
                    token: lease.salt.commit(Part::Token, token.auth_token.expose_secret().as_bytes()),
                    sealed,
                }
            }
            Outcome::Refused { code, status } => Settled::Refused { code: code.clone(), status: *status },
            Outcome::Unknown { scan_ref: None, reason } => Settled::Unknown { reason },
            Outcome::Unknown { scan_ref: Some(scan_ref), reason } => {
                Settled::Lost { reason, scan_ref: scan_ref.clone() }
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
        let stored = Stored::find(work, self.id).await?;
        if stored.lease_epoch != self.epoch {
            return Err(LedgerError::LeaseLost { id: self.id }.into());
        }
        if stored.session.state != State::Intended {
            return self.settled_before(stored);
        }
        let changed = self.change(work, stored).await?;
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
                    scan_ref: scan_ref.to_string(),
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
                let scan_ref = Some(scan_ref.to_string());
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
    /// Changes the session. Nobody else can have changed it since it was read: who writes is alone.
    async fn change(&self, work: &mut Work<'_>, stored: Stored) -> Result<Stored, Stop> {
        let Stored { mut session, step, lease_epoch, .. } = stored;
        let (scan_ref, expires_at, code, status, steps) = match &self.outcome {
            Settled::Issued { scan_ref, expires_at, .. } => {
                (Some(scan_ref), Some(*expires_at), None, None, 1)
            }
            Settled::Refused { code, status } => (None, None, Some(&**code), *status, 1),
            Settled::Unknown { reason } => (None, None, Some(*reason), None, 1),
            Settled::Lost { reason, scan_ref } => (Some(scan_ref), None, Some(*reason), None, 2),
        };
        let step = step + steps;
        // What is unknown has been so from now on.
        let lease_until = work.now.lease;
        work.put(
            "UPDATE sessions SET state = $1, step = $2, changed_at = $3, scan_ref = $4, expires_at = $5, \
             code = $6, status = $7, lease_until = $8 WHERE id = $9",
            &[
                self.outcome.state().as_str().into(),
                step.into(),
                work.now.wall.into(),
                scan_ref.map(ScanRef::as_str).into(),
                expires_at.into(),
                code.into(),
                status.map(i64::from).into(),
                lease_until.into(),
                (&self.id.to_string()).into(),
            ],
        )
        .await?;
        session.state = self.outcome.state();
        session.changed_at = work.now.timestamp();
        session.scan_ref = scan_ref.cloned();
        session.expires_at = expires_at.map(timestamp);
        session.refusal = code.map(|code| Refusal { code: code.to_owned(), status });
        Ok(Stored { session, step, lease_epoch, lease_until })
    }

    /// A call is settled once; told a second time, such as after a connection that was lost, it is as it is.
    fn settled_before(&self, stored: Stored) -> Result<Session, Stop> {
        if stored.session.state == self.outcome.state() {
            Ok(stored.session)
        } else {
            Err(LedgerError::LeaseLost { id: self.id }.into())
        }
    }
}
