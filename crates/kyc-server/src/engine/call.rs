//! One granted call to the vendor, and the recording of what became of it.

use std::time::Duration;

use jiff::Timestamp;
use kyc::{IssueError, Issued, PolicyRef};
use kyc_client::{Error, Recorded};
use kyc_core::TokenRequest;
use kyc_ledger::{IssuedToken, Lease, LedgerError, Outcome, SessionId};
use metrics::{counter, gauge, histogram};
use tokio::time::{Instant, sleep};
use tracing::{error, info, warn};

use super::code::Code;
use super::failure::Failure;
use super::gate::{Pass, Verdict};
use super::issue::Ask;
use super::problem::Problem;
use super::reply::Reply;
use super::running::Parts;

/// The pause before a call is attempted once more.
const PAUSE: Duration = Duration::from_millis(200);

impl Parts {
    /// Calls the vendor, once and for all, and settles the lease.
    pub(super) async fn call(&self, ask: Ask, lease: Lease) -> Result<Reply, Problem> {
        let Ask { merged, policy, mut pass, until, flight } = ask;
        let id = lease.id();
        let sent = Timestamp::now();
        let until = until.min(Instant::now() + settled_within(&lease));
        pass.begin();
        let called = self.send(&pass, merged.request(), until).await;
        let (outcome, verdict, answer) = match called {
            Ok(Recorded { response, answer }) => match Issued::of(&policy, merged, response, sent) {
                Ok(issued) => {
                    let (token, reply) = handed_out(id, issued);
                    let answer = answer.into_exposed().into();
                    (Outcome::Issued { token, answer }, Verdict::Works, Ok(reply))
                }
                Err(error) => {
                    let (outcome, problem) = without_address(id, error);
                    (outcome, Verdict::Fails, Err(problem))
                }
            },
            Err(error) => {
                let Failure { outcome, verdict, problem } = Failure::of(&error, id, self.found_out());
                if error.may_have_been_created() {
                    warn!(session = %id, policy = policy.name(), %error, "a session may exist without a token");
                }
                (outcome, verdict, Err(problem))
            }
        };
        let account = pass.gate().account.name.clone();
        counter!("kyc_vendor_calls_total", "account" => account, "outcome" => word(&outcome)).increment(1);
        pass.end(verdict);
        let settled = self.ledger.settle(&lease, &outcome).await;
        // Twins look into the ledger from here on.
        drop(flight);
        if let Err(error) = settled {
            return Err(self.not_settled(id, &error));
        }
        if let Ok(Reply { token, policy: PolicyRef { name, digest }, .. }) = &answer {
            info!(session = %id, scan_ref = %token.scan_ref, policy = name, %digest, "token issued");
        }
        answer
    }

    /// Sends the request, and again only while it certainly was not taken, there is time, and the budget allows it.
    async fn send(&self, pass: &Pass, request: &TokenRequest, until: Instant) -> Result<Recorded, Error> {
        let account = &pass.gate().account;
        let in_flight = gauge!("kyc_vendor_calls_in_flight", "account" => account.name.clone());
        let seconds = histogram!("kyc_vendor_call_seconds", "account" => account.name.clone());
        loop {
            let begun = Instant::now();
            in_flight.increment(1);
            let limit = until.saturating_duration_since(begun).max(Duration::from_millis(1));
            let called = account.client.once_within(limit).create_token_recorded(request).await;
            in_flight.decrement(1);
            seconds.record(begun.elapsed().as_secs_f64());
            let Err(error) = called else { return called };
            let pause = error.retry_after().unwrap_or_default().max(PAUSE);
            let has_time = Instant::now() + pause * 2 < until;
            if !error.is_retryable() || !has_time || !pass.again(&self.ledger).await {
                return Err(error);
            }
            sleep(pause).await;
        }
    }

    /// After how long at the latest it is found out whether there is a session, if all goes well.
    pub(super) fn found_out(&self) -> Duration {
        self.options.reconcile.quiet + self.options.reconcile.every
    }

    /// The lease has run out, or the ledger is gone: a token that is not recorded is not handed out.
    fn not_settled(&self, id: SessionId, error: &LedgerError) -> Problem {
        error!(session = %id, %error, "the outcome of a call could not be recorded; it will be found out");
        let detail = "the vendor was called, and the outcome could not be recorded";
        Problem::new(Code::LedgerUnavailable, detail).of_session(id).retry_after(self.found_out())
    }
}

/// How long a call may take so that its outcome can be recorded under the lease.
fn settled_within(lease: &Lease) -> Duration {
    lease.ends().saturating_duration_since(std::time::Instant::now()).mul_f32(0.9)
}

/// What is kept, and what the caller gets.
fn handed_out(id: SessionId, issued: Issued) -> (IssuedToken, Reply) {
    let token = IssuedToken {
        auth_token: issued.auth_token,
        redirect_url: issued.redirect_url,
        scan_ref: issued.scan_ref,
        expires_at: as_stored(issued.expires_at),
        digit_code: issued.digit_code,
    };
    let warnings = issued.warnings.iter().map(Into::into).collect();
    let reply =
        Reply { token: token.clone(), session_id: id, policy: issued.policy, warnings, replayed: false };
    (token, reply)
}

/// In whole milliseconds, as the ledger keeps it: the first answer is the one that every repetition gets.
fn as_stored(time: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(time.as_millisecond()).unwrap_or(time)
}

/// The vendor's client gives every answer an address, so this is a mistake of ours; the session exists all the same.
fn without_address(id: SessionId, error: IssueError) -> (Outcome, Problem) {
    let problem = Problem::new(Code::SessionLost, error.to_string()).of_session(id);
    let scan_ref = match error {
        IssueError::NoAddress { scan_ref } => Some(scan_ref),
        _ => None,
    };
    (Outcome::Unknown { scan_ref, reason: "no-address" }, problem)
}

const fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Issued { .. } => "issued",
        Outcome::Refused { status: None, .. } => "unreachable",
        Outcome::Refused { .. } => "refused",
        Outcome::Unknown { .. } => "unknown",
    }
}
