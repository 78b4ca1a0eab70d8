//! The gate before an account: whether the vendor may be called now.

mod breaker;
mod places;
mod rate;
mod retries;

use std::sync::Arc;
use std::time::Duration;

use kyc_ledger::{Ledger, LedgerError};
use metrics::gauge;
use tokio::time::Instant;
use tracing::warn;

pub(crate) use breaker::Verdict;
use breaker::{Admission, Breaker, Paused, Phase};
use places::{Full, Place, Places};
use rate::{Rate, UsedUp};
use retries::Retries;

use super::account::Account;
use super::code::Code;
use super::options::EngineOptions;
use super::problem::Problem;

/// When to ask again while all places are taken.
const SOON: Duration = Duration::from_secs(1);

/// The gate before one account.
#[derive(Debug)]
pub(crate) struct Gate {
    pub(crate) account: Arc<Account>,
    /// The account's name, as claims take it.
    pub(crate) name: Arc<str>,
    breaker: Arc<Breaker>,
    rate: Rate,
    places: Places,
    retries: Retries,
}

/// The right to one call to the vendor. Dropped without having been used, it costs nothing.
#[derive(Debug)]
pub(crate) struct Pass {
    gate: Arc<Gate>,
    admission: Option<Admission>,
    is_used: bool,
    _place: Place,
}

impl Gate {
    pub(crate) fn new(account: Arc<Account>, options: &EngineOptions) -> Self {
        Self {
            name: account.name.as_str().into(),
            breaker: Arc::new(Breaker::new(options.breaker.clone())),
            rate: Rate::new(account.rate_per_hour),
            places: Places::new(options.concurrency, options.queue),
            retries: Retries::new(options.retry_percent),
            account,
        }
    }

    /// Lets one call through, perhaps after a wait for a place until `until`.
    ///
    /// # Errors
    ///
    /// Why no call can be made now. Nothing was written by then.
    pub(crate) async fn admit(self: &Arc<Self>, ledger: &Ledger, until: Instant) -> Result<Pass, Problem> {
        // Nobody waits for a place only to be told that calls are paused.
        self.breaker.check().map_err(|paused| self.paused(paused))?;
        let place = self.places.take(until).await.map_err(|full| self.full(full))?;
        self.take_rate(ledger).await?;
        // From here on a pass that is dropped gives its call back.
        let mut pass = Pass { gate: Arc::clone(self), admission: None, is_used: false, _place: place };
        pass.admission = Some(self.breaker.admit().map_err(|paused| self.paused(paused))?);
        Ok(pass)
    }

    /// Takes one call of the rate budget for something that needs no place.
    pub(crate) async fn take_rate(&self, ledger: &Ledger) -> Result<(), Problem> {
        let ask = async |want, per_hour| ledger.rate_slice(&self.name, want, per_hour).await;
        let taken = self.rate.take(ask).await.map_err(|error| ledger_failed(&error))?;
        taken.map_err(|UsedUp { until }| {
            let detail = format!("the hourly rate of account `{}` is used up", self.name);
            overloaded(detail, until.saturating_duration_since(Instant::now()))
        })
    }

    /// Whether whoever comes now would have to wait for a place.
    pub(crate) fn is_full(&self) -> bool {
        self.places.is_full()
    }

    /// Whether calls are paused.
    pub(crate) fn is_paused(&self) -> bool {
        self.breaker.check().is_err()
    }

    /// Tells the figures where the gate stands.
    pub(crate) fn measure(&self) {
        let state = match self.breaker.phase() {
            Phase::Closed { .. } => 0.0,
            Phase::HalfOpen => 1.0,
            Phase::Open { .. } => 2.0,
        };
        gauge!("kyc_breaker_state", "account" => self.account.name.clone()).set(state);
        gauge!("kyc_rate_calls_left", "account" => self.account.name.clone()).set(self.rate.left());
    }

    fn paused(&self, Paused { until }: Paused) -> Problem {
        let detail = format!("calls with account `{}` are paused after failures", self.name);
        overloaded(detail, until.saturating_duration_since(Instant::now()))
    }

    fn full(&self, full: Full) -> Problem {
        let why = match full {
            Full::Queue => "too many requests wait for",
            Full::Time => "in time there was no place among",
        };
        overloaded(format!("{why} the calls with account `{}`", self.name), SOON)
    }
}

impl Pass {
    /// The gate that let it through.
    pub(crate) const fn gate(&self) -> &Arc<Gate> {
        &self.gate
    }

    /// The call is made: its rate is spent.
    pub(crate) fn begin(&mut self) {
        self.is_used = true;
        self.gate.retries.earn();
    }

    /// Whether the call may be made once more, which costs as much as another.
    pub(crate) async fn again(&self, ledger: &Ledger) -> bool {
        self.gate.retries.take() && self.gate.take_rate(ledger).await.is_ok()
    }

    /// Says how the call went, and frees the place.
    pub(crate) fn end(mut self, verdict: Verdict) {
        let Some(admission) = self.admission.take() else { return };
        let before = self.gate.breaker.phase();
        admission.tell(verdict);
        let after = self.gate.breaker.phase();
        if let (false, Phase::Open { until }) = (matches!(before, Phase::Open { .. }), after) {
            let seconds = until.saturating_duration_since(Instant::now()).as_secs();
            warn!(account = %self.gate.name, ?verdict, seconds, "calls to the vendor are paused");
        }
        if before != after {
            self.gate.measure();
        }
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        if !self.is_used {
            self.gate.rate.give_back();
        }
    }
}

fn overloaded(detail: String, after: Duration) -> Problem {
    Problem::new(Code::Overloaded, detail).retry_after(after)
}

/// What is told when the ledger does not do its part before the vendor is called.
pub(crate) fn ledger_failed(error: &LedgerError) -> Problem {
    warn!(%error, "the ledger did not do what it was asked");
    match error {
        LedgerError::Overloaded => overloaded("too much waits for the ledger".to_owned(), SOON),
        LedgerError::ShutDown => {
            Problem::new(Code::ShuttingDown, "the service is stopping").retry_after(SOON)
        }
        _ => Problem::new(Code::LedgerUnavailable, "the ledger cannot be used now").retry_after(SOON),
    }
}
