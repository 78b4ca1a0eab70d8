//! One call: as many attempts as are safe, within one deadline.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};
use tokio::time::{Instant, sleep, timeout_at};
use tracing::{debug, warn};

use crate::answer::{Accepted, sort};
use crate::body::{Payload, Taken};
use crate::client::{Call, Client};
use crate::effect::Effect;
use crate::error::{Error, Unanswered, Unreachable};
use crate::transport::{Fault, FaultKind};

/// How long a call may take and how often it is attempted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Of one attempt, from the connection to the last byte of the answer.
    pub(crate) attempt: Duration,
    /// Of the whole call, pauses included.
    pub(crate) total: Duration,
    /// How often, the first attempt included; at least once.
    pub(crate) attempts: usize,
    /// The pause after the first attempt, before jitter is added.
    pub(crate) first_pause: Duration,
    /// The longest pause, before jitter is added.
    pub(crate) longest_pause: Duration,
    /// Bytes of an answer.
    pub(crate) answer: usize,
}

impl Limits {
    fn pauses(&self) -> impl Iterator<Item = Duration> {
        ExponentialBuilder::new()
            .with_min_delay(self.first_pause)
            .with_max_delay(self.longest_pause)
            .with_max_times(self.attempts.saturating_sub(1))
            .with_jitter()
            .build()
    }
}

/// Sends a call until it is accepted, refused for good, perhaps carried out, or out of attempts or time.
pub(crate) async fn run(client: &Client, call: Call) -> Result<Accepted, Error> {
    let limits = client.limits();
    let end = Instant::now() + limits.total;
    let effect = call.effect;
    let payload = call.body.map(Payload::new);
    let query = call.query.as_ref().map(|query| query.as_str());
    let mut pauses = limits.pauses();
    let mut attempt = 1_u32;
    loop {
        let started = Instant::now();
        let until = end.min(started + limits.attempt);
        let (request, taken) = client.request(call.method.clone(), call.path, query, payload.as_ref());
        let error = match timeout_at(until, client.transport().send(request)).await {
            Ok(Ok(response)) => match sort(effect, response, limits.answer, until).await {
                Ok(accepted) => {
                    debug!(
                        call = call.path,
                        attempt,
                        status = accepted.status,
                        elapsed_ms = millis(started),
                        "accepted"
                    );
                    return Ok(accepted);
                }
                Err(error) => error,
            },
            Ok(Err(fault)) => broken(effect, fault, taken.as_ref()),
            Err(_) => broken(effect, Fault::new(FaultKind::Timeout), taken.as_ref()),
        };
        warn!(
            call = call.path,
            attempt,
            status = error.status(),
            identifier = error.identifier().map(tracing::field::display),
            may_have_been_created = error.may_have_been_created(),
            may_have_been_deleted = error.may_have_been_deleted(),
            elapsed_ms = millis(started),
            "{error}"
        );
        if !error.is_retryable() {
            return Err(error);
        }
        let Some(pause) = pauses.next() else { return Err(error) };
        let pause = error.retry_after().unwrap_or_default().max(pause);
        // Waiting for an attempt that there is no time for would only delay the answer.
        if pause >= end.saturating_duration_since(Instant::now()) {
            return Err(error);
        }
        sleep(pause).await;
        attempt += 1;
    }
}

fn broken(effect: Effect, fault: Fault, taken: Option<&Taken>) -> Error {
    let sent = match taken {
        Some(taken) => taken.get(),
        // Without a body there is no mark. Nothing was sent if there was no connection to send it over.
        None => !matches!(fault.kind(), FaultKind::Resolve | FaultKind::Refused | FaultKind::Tls),
    };
    if sent { Unanswered::new(effect, fault.kind()).into() } else { Unreachable::new(effect, fault).into() }
}

fn millis(started: Instant) -> u64 {
    u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX)
}
