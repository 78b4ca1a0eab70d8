//! Calls to an account are paused when they fail again and again, and one is tried before the others follow.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::engine::options::BreakerOptions;

/// Lets calls through while they succeed.
///
/// Closed: all calls pass. Open: none does until its pause is over. Half open: one call, the probe, is under way; it closes
/// the breaker or opens it again for twice as long.
#[derive(Debug)]
pub(crate) struct Breaker {
    options: BreakerOptions,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    phase: Phase,
    /// How long the next pause is.
    pause: Duration,
    /// Grows each time the breaker opens, so that calls from before say nothing about the time after.
    opened: u64,
}

/// Where a breaker stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Calls pass, and so many have failed in a row.
    Closed { failures: u32 },
    /// No call passes until then.
    Open { until: Instant },
    /// The probe is under way.
    HalfOpen,
}

/// What a call says about its account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The vendor answers as it should, be it with a refusal of this one request.
    Works,
    /// The vendor is not reached, fails, or gives answers that nobody can use.
    Fails,
    /// The vendor asks everybody to wait for so long.
    Wait(Duration),
    /// The account itself is at fault, so that every call fails until somebody has done something about it.
    AccountAtFault,
}

/// The right to make one call, which ends with a verdict on it. Dropped without one, it was not used.
#[derive(Debug)]
#[must_use]
pub(crate) struct Admission {
    breaker: Arc<Breaker>,
    opened: u64,
    is_told: bool,
}

/// No call passes now; ask again then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Paused {
    pub(crate) until: Instant,
}

/// When to ask again while the probe is under way: nobody knows how long it takes.
const PROBING: Duration = Duration::from_secs(1);

impl Breaker {
    pub(crate) fn new(options: BreakerOptions) -> Self {
        let state = State { phase: Phase::Closed { failures: 0 }, pause: options.pause, opened: 0 };
        Self { options, state: Mutex::new(state) }
    }

    /// Whether a call would be let through, without taking the right to it.
    pub(crate) fn check(&self) -> Result<(), Paused> {
        let now = Instant::now();
        match self.lock().phase {
            Phase::Open { until } if now < until => Err(Paused { until }),
            Phase::HalfOpen => Err(Paused { until: now + PROBING }),
            Phase::Closed { .. } | Phase::Open { .. } => Ok(()),
        }
    }

    /// Takes the right to one call.
    pub(crate) fn admit(self: &Arc<Self>) -> Result<Admission, Paused> {
        let now = Instant::now();
        let mut state = self.lock();
        match state.phase {
            Phase::Closed { .. } => {}
            Phase::Open { until } if now < until => return Err(Paused { until }),
            Phase::Open { .. } => state.phase = Phase::HalfOpen,
            Phase::HalfOpen => return Err(Paused { until: now + PROBING }),
        }
        Ok(Admission { breaker: Arc::clone(self), opened: state.opened, is_told: false })
    }

    /// Where it stands.
    pub(crate) fn phase(&self) -> Phase {
        self.lock().phase
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn hear(&self, opened: u64, verdict: Verdict) {
        let mut state = self.lock();
        if state.opened != opened {
            return;
        }
        match (verdict, state.phase) {
            (Verdict::Works, _) => {
                state.phase = Phase::Closed { failures: 0 };
                state.pause = self.options.pause;
            }
            (Verdict::Fails, Phase::Closed { failures }) if failures + 1 < self.options.failures => {
                state.phase = Phase::Closed { failures: failures + 1 };
            }
            (Verdict::Fails, _) => {
                let pause = state.pause;
                state.pause = (pause * 2).min(self.options.longest_pause);
                state.open(pause);
            }
            (Verdict::Wait(pause), _) => state.open(pause.min(self.options.longest_pause)),
            (Verdict::AccountAtFault, _) => state.open(self.options.account_pause),
        }
    }

    /// A probe that was not made leaves the next one free.
    fn forget(&self, opened: u64) {
        let mut state = self.lock();
        if state.opened == opened && state.phase == Phase::HalfOpen {
            state.phase = Phase::Open { until: Instant::now() };
        }
    }
}

impl State {
    fn open(&mut self, pause: Duration) {
        self.phase = Phase::Open { until: Instant::now() + pause };
        self.opened += 1;
    }
}

impl Admission {
    /// Says how the call went.
    pub(crate) fn tell(mut self, verdict: Verdict) {
        self.is_told = true;
        self.breaker.hear(self.opened, verdict);
    }
}

impl Drop for Admission {
    fn drop(&mut self) {
        if !self.is_told {
            self.breaker.forget(self.opened);
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn breaker() -> Arc<Breaker> {
        Arc::new(Breaker::new(BreakerOptions {
            failures: 3,
            pause: 2 * SECOND,
            longest_pause: 6 * SECOND,
            account_pause: 60 * SECOND,
        }))
    }

    fn call(breaker: &Arc<Breaker>, verdict: Verdict) {
        breaker.admit().unwrap().tell(verdict);
    }

    /// Opens a breaker by as many failures as it takes.
    fn opened() -> Arc<Breaker> {
        let breaker = breaker();
        (0..3).for_each(|_| call(&breaker, Verdict::Fails));
        breaker
    }

    fn pause(breaker: &Arc<Breaker>) -> Option<Duration> {
        breaker.admit().err().map(|paused| paused.until - Instant::now())
    }

    #[tokio::test(start_paused = true)]
    async fn failures_in_a_row_open_it_and_others_do_not() {
        let breaker = breaker();
        for verdict in [Verdict::Fails, Verdict::Fails, Verdict::Works, Verdict::Fails, Verdict::Fails] {
            call(&breaker, verdict);
        }
        assert_eq!(breaker.phase(), Phase::Closed { failures: 2 });
        call(&breaker, Verdict::Fails);
        assert_eq!(pause(&breaker), Some(2 * SECOND));
        assert_eq!(breaker.check().unwrap_err().until - Instant::now(), 2 * SECOND);
    }

    #[tokio::test(start_paused = true)]
    async fn one_probe_passes_and_closes_it() {
        let breaker = opened();
        advance(2 * SECOND).await;
        assert!(breaker.check().is_ok());
        let probe = breaker.admit().unwrap();
        assert_eq!(pause(&breaker), Some(PROBING));
        assert!(breaker.check().is_err());
        probe.tell(Verdict::Works);
        assert_eq!(breaker.phase(), Phase::Closed { failures: 0 });
        call(&breaker, Verdict::Fails);
        assert_eq!(breaker.phase(), Phase::Closed { failures: 1 });
    }

    #[tokio::test(start_paused = true)]
    async fn a_probe_that_fails_doubles_the_pause_up_to_the_longest() {
        let breaker = opened();
        for seconds in [2, 4, 6, 6] {
            assert_eq!(pause(&breaker), Some(seconds * SECOND));
            advance(seconds * SECOND).await;
            call(&breaker, Verdict::Fails);
        }
        advance(6 * SECOND).await;
        call(&breaker, Verdict::Works);
        (0..3).for_each(|_| call(&breaker, Verdict::Fails));
        assert_eq!(pause(&breaker), Some(2 * SECOND));
    }

    #[tokio::test(start_paused = true)]
    async fn a_probe_that_was_not_made_leaves_the_next_one_free() {
        let breaker = opened();
        advance(2 * SECOND).await;
        drop(breaker.admit().unwrap());
        let probe = breaker.admit().unwrap();
        assert!(breaker.admit().is_err());
        drop(probe);
        call(&breaker, Verdict::Works);
        assert_eq!(breaker.phase(), Phase::Closed { failures: 0 });
    }

    #[tokio::test(start_paused = true)]
    async fn calls_from_before_it_opened_say_nothing() {
        let breaker = breaker();
        let [late, later, unused] = [(); 3].map(|()| breaker.admit().unwrap());
        (0..3).for_each(|_| call(&breaker, Verdict::Fails));
        late.tell(Verdict::Works);
        assert_eq!(pause(&breaker), Some(2 * SECOND));
        advance(2 * SECOND).await;
        let probe = breaker.admit().unwrap();
        later.tell(Verdict::Fails);
        drop(unused);
        assert_eq!(breaker.phase(), Phase::HalfOpen);
        probe.tell(Verdict::Works);
        assert_eq!(breaker.phase(), Phase::Closed { failures: 0 });
    }

    #[tokio::test(start_paused = true)]
    async fn an_account_at_fault_and_a_wait_pause_at_once() {
        for (verdict, expected) in [
            (Verdict::AccountAtFault, 60 * SECOND),
            (Verdict::Wait(5 * SECOND), 5 * SECOND),
            (Verdict::Wait(3600 * SECOND), 6 * SECOND),
        ] {
            let breaker = breaker();
            call(&breaker, verdict);
            assert_eq!(pause(&breaker), Some(expected));
        }
    }
}
