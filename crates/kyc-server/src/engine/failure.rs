//! What a call that brought no token means: to the ledger, to the breaker, and to the caller.

use std::time::Duration;

use kyc_client::{Error, RefusalKind};
use kyc_ledger::{Outcome, Refusal, SessionId};

use super::code::Code;
use super::gate::Verdict;
use super::problem::Problem;

kyc_core::vocabulary! {
    /// Why a call brought no token, as the ledger keeps it.
    pub(crate) enum Why {
        /// Nothing was sent.
        Unreachable = "unreachable",
        /// The address says that the request belongs elsewhere.
        Redirected = "redirected",
        Unauthorized = "unauthorized",
        InsufficientFunds = "insufficient-funds",
        PartnerInactive = "partner-inactive",
        WrongEnvironment = "wrong-environment",
        NotPermitted = "not-permitted",
        BadValue = "bad-value",
        MissingValue = "missing-value",
        Malformed = "malformed",
        RateLimited = "rate-limited",
        Conflict = "conflict",
        WrongPath = "wrong-path",
        Refused = "refused",
        /// The vendor failed while it had the request.
        Failed = "failed",
        /// The request was sent and no answer came.
        Unanswered = "unanswered",
        /// The vendor accepted the request with an answer that cannot be used.
        Unreadable = "unreadable",
        /// A redirect that may follow a request that was carried out.
        RedirectedAfterwards = "redirected-afterwards",
        /// There is a session, and it asks less than the policy.
        Weaker = "weaker",
    }
}

/// A call that brought no token.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) outcome: Outcome,
    pub(crate) verdict: Verdict,
    pub(crate) problem: Problem,
}

/// How long to wait before asking again where nothing better is known.
const SOON: Duration = Duration::from_secs(1);

impl Why {
    fn of(error: &Error) -> Self {
        match error {
            Error::Unreachable(_) => Self::Unreachable,
            Error::Refused(refusal) => Self::of_refusal(refusal.kind()),
            Error::Redirected(_) if error.may_have_been_created() => Self::RedirectedAfterwards,
            Error::Redirected(_) => Self::Redirected,
            Error::Failed(_) => Self::Failed,
            Error::Unanswered(_) => Self::Unanswered,
            Error::Unreadable(_) => Self::Unreadable,
            Error::IssuedWeaker(_) => Self::Weaker,
        }
    }

    const fn of_refusal(kind: RefusalKind) -> Self {
        match kind {
            RefusalKind::Unauthorized => Self::Unauthorized,
            RefusalKind::InsufficientFunds => Self::InsufficientFunds,
            RefusalKind::PartnerInactive => Self::PartnerInactive,
            RefusalKind::WrongEnvironment => Self::WrongEnvironment,
            RefusalKind::NotPermitted => Self::NotPermitted,
            RefusalKind::BadValue(_) => Self::BadValue,
            RefusalKind::MissingValue(_) => Self::MissingValue,
            RefusalKind::Malformed => Self::Malformed,
            RefusalKind::RateLimited => Self::RateLimited,
            RefusalKind::Conflict => Self::Conflict,
            RefusalKind::NotFound | RefusalKind::MethodNotAllowed => Self::WrongPath,
            // The others are about calls that create nothing, or newer than this release.
            _ => Self::Refused,
        }
    }

    /// What the caller is told.
    pub(crate) const fn code(self) -> Code {
        match self {
            Self::Unreachable => Code::VendorUnreachable,
            Self::RateLimited => Code::VendorBusy,
            Self::Failed | Self::Unanswered | Self::Unreadable | Self::RedirectedAfterwards => {
                Code::VendorOutcomeUnknown
            }
            Self::Weaker => Code::SessionWeaker,
            Self::Redirected
            | Self::Unauthorized
            | Self::InsufficientFunds
            | Self::PartnerInactive
            | Self::WrongEnvironment
            | Self::NotPermitted
            | Self::BadValue
            | Self::MissingValue
            | Self::Malformed
            | Self::Conflict
            | Self::WrongPath
            | Self::Refused => Code::VendorRefused,
        }
    }

    const fn verdict(self, wait: Option<Duration>) -> Verdict {
        match (self, wait) {
            (Self::RateLimited, Some(wait)) => Verdict::Wait(wait),
            (
                Self::Unauthorized
                | Self::InsufficientFunds
                | Self::PartnerInactive
                | Self::WrongEnvironment
                | Self::WrongPath
                | Self::Redirected,
                _,
            ) => Verdict::AccountAtFault,
            (
                Self::NotPermitted
                | Self::BadValue
                | Self::MissingValue
                | Self::Malformed
                | Self::Conflict
                | Self::Refused,
                _,
            ) => Verdict::Works,
            // Sessions that nobody can use are paid for: more of them help no one.
            (
                Self::RateLimited
                | Self::Unreachable
                | Self::Failed
                | Self::Unanswered
                | Self::Unreadable
                | Self::RedirectedAfterwards
                | Self::Weaker,
                _,
            ) => Verdict::Fails,
        }
    }
}

impl Failure {
    /// What `error`, the end of the call for `session`, means. It is found out after `found_out` at the latest whether there
    /// is a session, where that is unknown.
    pub(crate) fn of(error: &Error, session: SessionId, found_out: Duration) -> Self {
        let why = Why::of(error);
        let problem = Problem::new(why.code(), error.to_string()).of_session(session);
        let problem = match why.code() {
            Code::VendorUnreachable | Code::VendorBusy => {
                problem.retry_after(error.retry_after().unwrap_or(SOON))
            }
            Code::VendorOutcomeUnknown => problem.retry_after(found_out),
            _ => problem,
        };
        let outcome = match error {
            Error::IssuedWeaker(weaker) => {
                Outcome::Unknown { scan_ref: Some(weaker.scan_ref().clone()), reason: why.as_str() }
            }
            error if error.may_have_been_created() => {
                Outcome::Unknown { scan_ref: None, reason: why.as_str() }
            }
            error => Outcome::Refused { code: why.as_str().to_owned(), status: error.status() },
        };
        Self { outcome, verdict: why.verdict(error.retry_after()), problem }
    }
}

/// What is told of a refusal to somebody who did not make the call.
pub(crate) fn told_of(refusal: Option<&Refusal>, session: SessionId) -> Problem {
    let why = refusal.and_then(|refusal| Why::from_word(&refusal.code));
    let code = why.map_or(Code::VendorRefused, Why::code);
    let status = refusal.and_then(|refusal| refusal.status);
    let word = refusal.map_or("refused", |refusal| &refusal.code);
    let status = status.map(|status| format!(", status {status}")).unwrap_or_default();
    let detail = format!("the call brought no token and no session was created (`{word}`{status})");
    let problem = Problem::new(code, detail).of_session(session);
    if matches!(code, Code::VendorUnreachable | Code::VendorBusy) {
        problem.retry_after(SOON)
    } else {
        problem
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_told_by_its_word_to_those_who_did_not_call() {
        let session = SessionId::new();
        for why in Why::ALL {
            let refusal = Refusal { code: why.as_str().to_owned(), status: Some(400) };
            let problem = told_of(Some(&refusal), session);
            assert_eq!((problem.code(), problem.session()), (why.code(), Some(session)), "{why}");
            let waits = matches!(why.code(), Code::VendorUnreachable | Code::VendorBusy);
            assert_eq!(problem.retry_after_seconds().is_some(), waits, "{why}");
        }
        // A word of another release.
        let refusal = Refusal { code: "brand-new".to_owned(), status: None };
        let problem = told_of(Some(&refusal), session);
        assert_eq!(problem.code(), Code::VendorRefused);
        assert_eq!(problem.detail(), "the call brought no token and no session was created (`brand-new`)");
    }

    #[test]
    fn what_costs_money_and_helps_nobody_counts_as_a_failure() {
        for why in Why::ALL {
            if matches!(why.code(), Code::VendorOutcomeUnknown | Code::SessionWeaker) {
                assert_eq!(why.verdict(None), Verdict::Fails, "{why}");
            }
            // A wait that the vendor asks for is for the pace alone.
            let wait = Some(Duration::from_secs(9));
            let is_pace = *why == Why::RateLimited;
            assert_eq!(why.verdict(wait) == Verdict::Wait(Duration::from_secs(9)), is_pace, "{why}");
        }
    }
}
