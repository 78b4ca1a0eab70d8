//! What a request gets whose session is known already.

use std::time::Duration;

use jiff::Timestamp;
use kyc::PolicyRef;
use kyc_ledger::{Answer, Session, SessionId, State};
use kyc_policy::Digest;

use super::caller::Caller;
use super::code::Code;
use super::failure::{Why, told_of};
use super::gate::ledger_failed;
use super::problem::Problem;
use super::reply::Reply;
use super::running::Parts;

impl Parts {
    /// The answer that the session stands for.
    pub(super) async fn answer(&self, session: &Session, caller: &Caller) -> Result<Reply, Problem> {
        let problem = |code, detail: String| Err(Problem::new(code, detail).of_session(session.id));
        match session.state {
            State::Issued => self.hand_out_again(session, caller).await,
            State::Unknown => Err(self.unknown(session)),
            State::IssuedTokenLost => Err(lost(session)),
            State::Ambiguous => problem(
                Code::SessionAmbiguous,
                "the vendor lists several sessions of the client that may be this one".to_owned(),
            ),
            State::Refused => Err(told_of(session.refusal.as_ref(), session.id)),
            State::Absent => problem(
                Code::VendorRefused,
                "the call was lost on its way, and the vendor has no session of it".to_owned(),
            ),
            State::Intended => Err(in_progress(session.id)),
        }
    }

    async fn hand_out_again(&self, session: &Session, caller: &Caller) -> Result<Reply, Problem> {
        let answer = self.ledger.answer_of(session.id, &caller.id).await;
        let gone = |detail: &str| Err(Problem::new(Code::TokenExpired, detail).of_session(session.id));
        match answer.map_err(|error| ledger_failed(&error))? {
            Answer::Token(token) => Ok(Reply {
                token,
                session_id: session.id,
                policy: policy_of(session),
                warnings: Vec::new(),
                replayed: true,
            }),
            Answer::Expired => gone("the token has expired, or its time for repetition is over"),
            Answer::Closed => gone("the first result of the session has come"),
            Answer::Erased => gone("the token was erased"),
            Answer::KeyMissing(key) => {
                let detail = format!("the token is sealed under the master key `{key}`, which is not here");
                Err(Problem::new(Code::KeyMissing, detail).of_session(session.id))
            }
            Answer::None => {
                let detail = "the session was issued, and its token is not there";
                Err(Problem::new(Code::Internal, detail).of_session(session.id))
            }
        }
    }

    /// The stored answer of a call whose outcome is not known yet.
    fn unknown(&self, session: &Session) -> Problem {
        let since = Duration::try_from(Timestamp::now().duration_since(session.changed_at));
        let after = self.found_out().saturating_sub(since.unwrap_or_default());
        let why =
            session.refusal.as_ref().map(|refusal| format!(" (`{}`)", refusal.code)).unwrap_or_default();
        let detail =
            format!("the request was sent and no usable answer came{why}; a session may have been created");
        Problem::new(Code::VendorOutcomeUnknown, detail).of_session(session.id).retry_after(after)
    }
}

/// The policy that a session was asked for under, whatever is in force by now.
pub(super) fn policy_of(session: &Session) -> PolicyRef {
    PolicyRef { name: session.policy.clone(), digest: Digest::from(session.digest) }
}

/// The call is under way for longer than the caller may wait.
pub(super) fn in_progress(session: SessionId) -> Problem {
    Problem::new(Code::InProgress, "the call for this key has not ended yet")
        .of_session(session)
        .retry_after(Duration::from_secs(2))
}

fn lost(session: &Session) -> Problem {
    let why = session.refusal.as_ref().and_then(|refusal| Why::from_word(&refusal.code));
    let name = session.scan_ref.as_ref().map(|scan_ref| format!(" {scan_ref}")).unwrap_or_default();
    let (code, detail) = if why == Some(Why::Weaker) {
        (Code::SessionWeaker, format!("the session{name} is weaker than policy `{}`", session.policy))
    } else {
        (Code::SessionLost, format!("the session{name} exists, and its token never arrived"))
    };
    Problem::new(code, detail).of_session(session.id)
}
