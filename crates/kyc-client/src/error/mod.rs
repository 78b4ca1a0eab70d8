//! What can go wrong, split by who is at fault, and what the vendor may have done nevertheless.

mod identifier;
mod network;
mod refusal;
mod vendor;

use std::time::Duration;

use thiserror::Error;

pub use identifier::Identifier;
pub use network::{Unanswered, Unreachable};
pub use refusal::{Refusal, RefusalKind};
pub use vendor::{BodyProblem, Failure, IssuedWeaker, Redirected, Unreadable};

use crate::effect::Effect;

/// Why a call did not succeed.
///
/// The text says what happened and what the vendor may have done; [`Error::hint`] says what to do. Neither holds a
/// personal value, a credential, a token or the vendor's own words.
#[derive(Debug, Error)]
pub enum Error {
    /// Nothing was sent: the vendor could not be reached.
    #[error(transparent)]
    Unreachable(#[from] Unreachable),
    /// The vendor refused the request: the request, the account or its pace is at fault.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The address answers with a redirect, which is not followed.
    #[error(transparent)]
    Redirected(#[from] Redirected),
    /// The vendor failed while it had the request.
    #[error(transparent)]
    Failed(#[from] Failure),
    /// The request was sent and no answer came.
    #[error(transparent)]
    Unanswered(#[from] Unanswered),
    /// The vendor accepted the request with an answer that cannot be used.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// The vendor issued a session that asks less of the client than was requested. Its token is withheld.
    #[error(transparent)]
    IssuedWeaker(#[from] IssuedWeaker),
}

impl Error {
    /// Whether the same request may be sent again as it is: nothing was changed, and the cause may pass by itself.
    ///
    /// True when nothing was sent and when the vendor asked to slow down. For calls that only ask, also when the vendor
    /// failed, did not answer, or its answer broke off. The client has then already tried as often as it was told to.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Unreachable(_) => true,
            Self::Refused(refusal) => refusal.kind() == RefusalKind::RateLimited,
            Self::Failed(failure) => failure.effect().may_repeat(),
            Self::Unanswered(unanswered) => unanswered.effect().may_repeat(),
            Self::Unreadable(unreadable) => {
                let broke_off = matches!(unreadable.problem(), BodyProblem::Cut | BodyProblem::Timeout);
                broke_off && unreadable.effect().may_repeat()
            }
            Self::Redirected(_) | Self::IssuedWeaker(_) => false,
        }
    }

    /// Whether a session may exist at the vendor because of this call. Never true of a call that does not create one.
    pub fn may_have_been_created(&self) -> bool {
        self.perhaps_done() == Some(Effect::Creates)
    }

    /// Whether the session may be deleted because of this call. Never true of a call that does not delete one.
    pub fn may_have_been_deleted(&self) -> bool {
        self.perhaps_done() == Some(Effect::Deletes)
    }

    /// What the vendor may have done.
    fn perhaps_done(&self) -> Option<Effect> {
        match self {
            Self::Unreachable(_) | Self::Refused(_) => None,
            Self::Redirected(redirected) => redirected.may_have_been_done().then_some(redirected.effect()),
            Self::Failed(failure) => Some(failure.effect()),
            Self::Unanswered(unanswered) => Some(unanswered.effect()),
            Self::Unreadable(unreadable) => Some(unreadable.effect()),
            Self::IssuedWeaker(_) => Some(Effect::Creates),
        }
    }

    /// The HTTP status of the answer, if there was one.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Unreachable(_) | Self::Unanswered(_) => None,
            Self::Refused(refusal) => Some(refusal.status()),
            Self::Redirected(redirected) => Some(redirected.status()),
            Self::Failed(failure) => Some(failure.status()),
            Self::Unreadable(unreadable) => Some(unreadable.status()),
            Self::IssuedWeaker(weaker) => Some(weaker.status()),
        }
    }

    /// The vendor's own name for what is wrong, such as `BAD_VALUE`.
    pub fn identifier(&self) -> Option<&Identifier> {
        match self {
            Self::Refused(refusal) => refusal.identifier(),
            Self::Failed(failure) => failure.identifier(),
            _ => None,
        }
    }

    /// How long the vendor asks to wait before the next request; at most 30 days.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused(refusal) => refusal.retry_after(),
            Self::Failed(failure) => failure.retry_after(),
            _ => None,
        }
    }

    /// What to do now.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Unreachable(unreachable) => unreachable.hint(),
            Self::Refused(refusal) => refusal.kind().hint(),
            Self::Redirected(redirected) => redirected.hint(),
            Self::Failed(failure) => failure.effect().hint(),
            Self::Unanswered(unanswered) => unanswered.effect().hint(),
            Self::Unreadable(unreadable) => unreadable.effect().hint(),
            Self::IssuedWeaker(_) => {
                "delete the session by its scan reference, and ask the vendor to switch the named features on for the \
                 account"
            }
        }
    }
}
