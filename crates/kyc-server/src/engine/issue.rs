//! From a request for a token to its answer: merged, let through, claimed, called, settled.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use kyc_core::ExternalRef;
use kyc_ledger::{Claim, Claimed, IdempotencyKey, PersonalBytes, Recalled, Scope, SessionId, State};
use kyc_policy::{Client, ClientInput, Diagnostic, Merged, Policy, Reuse, merge};
use metrics::counter;
use tokio::time::{Instant, timeout_at};
use tracing::Instrument as _;
use zeroize::Zeroizing;

use super::answer::in_progress;
use super::caller::Caller;
use super::code::Code;
use super::flights::Flight;
use super::gate::{Gate, Pass, ledger_failed};
use super::policies::record;
use super::problem::{Problem, Violation};
use super::reply::{DryRun, Reply};
use super::running::{Engine, Parts};

/// When to ask again for the answer of a call that is under way.
const SOON: Duration = Duration::from_secs(1);

impl Engine {
    /// Issues a token for one client under the policy of this name, or hands out again what the key stands for already.
    ///
    /// It answers within the deadline of its options. Dropping the future abandons nothing: a call that has begun is ended
    /// and settled, and the same key gets its answer. With `reissue` another session is paid for where one exists whose
    /// token is lost.
    ///
    /// # Errors
    ///
    /// Every code but those about HTTP.
    pub async fn issue(
        &self,
        caller: &Caller,
        policy: &str,
        key: &IdempotencyKey,
        data: ClientInput,
        reissue: bool,
    ) -> Result<Reply, Problem> {
        let until = Instant::now() + self.parts.options.deadline;
        let set = self.policies();
        let policy = set.policy(caller, policy)?;
        let asked = Asked { caller, key, reissue, until };
        let result = self.parts.issue(asked, policy, data).await;
        let outcome = match &result {
            Ok(reply) if reply.replayed => "replayed",
            Ok(_) => "issued",
            Err(problem) => problem.code().as_str(),
        };
        counter!("kyc_tokens_total", "policy" => policy.name().to_owned(), "outcome" => outcome).increment(1);
        result
    }

    /// What would be sent for this client, with every personal value masked. Nothing is sent and nothing is written.
    ///
    /// # Errors
    ///
    /// [`Code::Forbidden`], [`Code::PolicyNotFound`], [`Code::ClientDataInvalid`].
    #[expect(clippy::unused_async, reason = "like its sibling, so that one can take the place of the other")]
    pub async fn dry_run(&self, caller: &Caller, policy: &str, data: ClientInput) -> Result<DryRun, Problem> {
        let set = self.policies();
        let policy = set.policy(caller, policy)?;
        caller.needs(Scope::Issue)?;
        let account = &self.parts.gate_of(policy)?.account;
        let merged = merged(policy, Client::read(&data), SessionId::new())?;
        counter!("kyc_tokens_total", "policy" => policy.name().to_owned(), "outcome" => "dry_run")
            .increment(1);
        Ok(DryRun {
            policy: kyc::PolicyRef { name: policy.name().to_owned(), digest: merged.digest() },
            account: account.name.clone(),
            environment: account.environment,
            request: merged.request().to_masked_wire(),
            warnings: violations(merged.warnings()),
        })
    }

    /// What is wrong with this client's data; nothing is sent, written or counted.
    ///
    /// # Errors
    ///
    /// [`Code::PolicyNotFound`].
    pub fn mistakes(
        &self,
        caller: &Caller,
        policy: &str,
        data: &ClientInput,
    ) -> Result<Vec<Violation>, Problem> {
        let set = self.policies();
        let policy = set.policy(caller, policy)?;
        let problem = merged(policy, Client::read(data), SessionId::new()).err();
        Ok(problem.map(|problem| problem.violations().to_vec()).unwrap_or_default())
    }
}

/// Who asks, under which key, until when.
struct Asked<'a> {
    caller: &'a Caller,
    key: &'a IdempotencyKey,
    reissue: bool,
    until: Instant,
}

/// Everything that a call needs once its claim is granted.
pub(super) struct Ask {
    pub(super) merged: Merged,
    pub(super) policy: Arc<Policy>,
    pub(super) pass: Pass,
    pub(super) flight: Flight,
    pub(super) until: Instant,
}

impl Parts {
    async fn issue(
        self: &Arc<Self>,
        asked: Asked<'_>,
        policy: &Arc<Policy>,
        data: ClientInput,
    ) -> Result<Reply, Problem> {
        let &Asked { caller, key, reissue, until } = &asked;
        caller.needs(Scope::Issue)?;
        let gate = self.gate_of(policy)?;
        let id = SessionId::new();
        let fingerprint = fingerprint(policy, &data);
        let merged = match merged(policy, Client::read(&data), id) {
            Ok(merged) => merged,
            Err(problem) => return self.recall(&asked, &fingerprint).await.unwrap_or(Err(problem)),
        };
        let warnings = violations(merged.warnings());
        // What is known already need not wait for calls that others make.
        if gate.is_full()
            && let Some(known) = self.recall(&asked, &fingerprint).await
        {
            return known.map(|reply| Reply { warnings, ..reply });
        }
        let pass = match self.let_through(gate, until).await {
            Ok(pass) => pass,
            Err(problem) => return self.recall(&asked, &fingerprint).await.unwrap_or(Err(problem)),
        };
        let claim = Claim {
            id,
            caller: caller.id.clone(),
            key: key.clone(),
            fingerprint,
            policy: record(policy),
            account: Arc::clone(&gate.name),
            environment: gate.account.environment,
            client: merged.request().client_id.clone(),
            request: PersonalBytes::from(merged.request().to_wire()),
            reuse: policy.sections().reuse == Reuse::WhileOpen,
            reissue,
        };
        let flight = self.flights.begin(id);
        let ask = Ask { merged, policy: Arc::clone(policy), pass, flight, until: self.call_until(until) };
        let parts = Arc::clone(self);
        // In a box from the start: it is large, and would be moved again by everything that it is wrapped in.
        let call = Box::pin(async move { parts.claim_and_call(claim, ask).await });
        let call = self.calls.spawn(call.in_current_span());
        let claimed = match timeout_at(until, call).await {
            Ok(Ok(Ended::Called(result))) => return result,
            Ok(Ok(Ended::NotClaimed(problem))) => return Err(problem),
            Ok(Ok(Ended::NotGranted(claimed))) => claimed,
            // A task that panicked has left the intent to its lease.
            Ok(Err(_)) => return Err(Problem::new(Code::Internal, "the call ended without an answer")),
            Err(_) => return Err(in_progress(id)),
        };
        let reply = match claimed {
            Claimed::Known(session) => self.answer(&session, caller).await,
            Claimed::InFlight { id, .. } => self.wait_for(id, caller, until).await,
            Claimed::Busy { id, after } => Err(busy(id, after)),
            Claimed::Mismatch => Err(Problem::new(
                Code::IdempotencyKeyReused,
                "the key was used with another policy or other data",
            )),
            // It is what the task was for.
            Claimed::Granted(_) => Err(Problem::new(Code::Internal, "a call was granted and not made")),
        };
        reply.map(|reply| Reply { warnings, ..reply })
    }

    /// The answer that the key has already, if it has one: a policy that has changed since and a vendor that cannot be called
    /// now take none back.
    async fn recall(&self, asked: &Asked<'_>, fingerprint: &PersonalBytes) -> Option<Result<Reply, Problem>> {
        let Asked { caller, key, reissue, until } = asked;
        let Ok(Some(Recalled::Session(session))) = self.ledger.recall(&caller.id, key, fingerprint).await
        else {
            return None;
        };
        match session.state {
            state if state.is_void() => None,
            State::IssuedTokenLost if *reissue => None,
            State::Intended => Some(self.wait_for(session.id, caller, *until).await),
            _ => Some(self.answer(&session, caller).await),
        }
    }

    async fn let_through(&self, gate: &Arc<Gate>, until: Instant) -> Result<Pass, Problem> {
        tokio::select! {
            biased;
            () = self.closing.cancelled() => Err(stopping()),
            // Who gets a place late still has time for the call.
            pass = gate.admit(&self.ledger, until - self.options.deadline / 3) => pass,
        }
    }

    /// When a call has to have ended, so that it can be settled and answered in time.
    fn call_until(&self, until: Instant) -> Instant {
        until - self.options.deadline / 20
    }

    /// The task of a request: nobody who goes away ends it.
    async fn claim_and_call(&self, claim: Claim, ask: Ask) -> Ended {
        // Whoever stops the engine waits for the tasks that were there before.
        if self.closing.is_cancelled() {
            return Ended::NotClaimed(stopping());
        }
        match self.ledger.claim(claim).await {
            Ok(Claimed::Granted(lease)) => Ended::Called(self.call(ask, lease).await),
            Ok(other) => Ended::NotGranted(other),
            Err(error) => Ended::NotClaimed(ledger_failed(&error)),
        }
    }
}

/// How the task of a request ended.
enum Ended {
    /// The vendor was called.
    Called(Result<Reply, Problem>),
    /// The claim was not granted.
    NotGranted(Claimed),
    /// The ledger did not take the claim.
    NotClaimed(Problem),
}

/// The request for the vendor. Without a reference of the caller it carries the session's identifier.
fn merged(policy: &Policy, client: Client, id: SessionId) -> Result<Merged, Problem> {
    let merged = merge(policy, client, Timestamp::now())
        .map_err(|problems| Problem::of_data(policy.name(), violations(&problems)))?;
    let own = ExternalRef::new(&id.to_string());
    Ok(match own {
        Ok(own) => merged.or_reference(own),
        // It is 32 hexadecimal digits.
        Err(_) => merged,
    })
}

fn stopping() -> Problem {
    Problem::new(Code::ShuttingDown, "the service is stopping").retry_after(SOON)
}

fn violations(diagnostics: &[Diagnostic]) -> Vec<Violation> {
    diagnostics.iter().map(Violation::from).collect()
}

/// What must be the same for a key to mean the same request. No name of a policy holds a line break.
pub(super) fn fingerprint(policy: &Policy, data: &ClientInput) -> PersonalBytes {
    let canonical = data.canonical();
    let mut bytes = Zeroizing::new(Vec::with_capacity(policy.name().len() + 1 + canonical.len()));
    bytes.extend_from_slice(policy.name().as_bytes());
    bytes.push(b'\n');
    bytes.extend_from_slice(&canonical);
    bytes.into()
}

fn busy(id: Option<SessionId>, after: Duration) -> Problem {
    let problem =
        Problem::new(Code::ClientBusy, "another session of this client is under way").retry_after(after);
    match id {
        Some(id) => problem.of_session(id),
        None => problem,
    }
}
