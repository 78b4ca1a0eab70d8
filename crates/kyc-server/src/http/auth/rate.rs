//! The rate of each caller: so many requests in a minute, over all its keys.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use kyc_ledger::CallerId;

use crate::engine::{Caller, Code, Problem};

/// What is left of the rate of each caller.
#[derive(Debug, Default)]
pub(in crate::http) struct Rates(Mutex<HashMap<CallerId, Limit>>);

#[derive(Clone, Debug)]
struct Limit {
    per_minute: NonZeroU32,
    limiter: Arc<DefaultDirectRateLimiter>,
}

impl Rates {
    /// Takes one request off the caller's rate.
    ///
    /// # Errors
    ///
    /// The rate is used up; the problem says when to come again.
    pub(in crate::http) fn take(&self, caller: &Caller) -> Result<(), Problem> {
        let Some(per_minute) = caller.rate_per_minute else { return Ok(()) };
        let Some(per_minute) = NonZeroU32::new(per_minute) else {
            return Err(used_up(0, Duration::from_mins(1)));
        };
        let limiter = self.limiter(&caller.id, per_minute);
        limiter
            .check()
            .map_err(|until| used_up(per_minute.get(), until.wait_time_from(DefaultClock::default().now())))
    }

    fn limiter(&self, caller: &CallerId, per_minute: NonZeroU32) -> Arc<DefaultDirectRateLimiter> {
        let mut limits = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(limit) = limits.get(caller).filter(|limit| limit.per_minute == per_minute) {
            return Arc::clone(&limit.limiter);
        }
        let limiter = Arc::new(RateLimiter::direct(Quota::per_minute(per_minute)));
        limits.insert(caller.clone(), Limit { per_minute, limiter: Arc::clone(&limiter) });
        limiter
    }
}

fn used_up(per_minute: u32, wait: Duration) -> Problem {
    let detail = format!("the caller may make {per_minute} requests in a minute, and has made them");
    Problem::new(Code::RateLimited, detail).retry_after(wait)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(id: &str, rate_per_minute: Option<u32>) -> Caller {
        Caller { id: CallerId::new(id).unwrap(), rate_per_minute, ..Caller::local().unwrap() }
    }

    #[test]
    fn each_caller_has_a_rate_of_its_own() {
        let rates = Rates::default();
        let (one, other) = (caller("one", Some(2)), caller("other", Some(2)));
        assert!(rates.take(&one).is_ok() && rates.take(&one).is_ok());
        let problem = rates.take(&one).unwrap_err();
        assert_eq!(problem.code(), Code::RateLimited);
        assert!((1..=30).contains(&problem.retry_after_seconds().unwrap()));
        assert!(rates.take(&other).is_ok());
        // A caller whose rate was raised need not wait for what was used up.
        assert!(rates.take(&caller("one", Some(3))).is_ok());
        assert!(rates.take(&caller("none", Some(0))).is_err());
        assert!((0..1_000).all(|_| rates.take(&caller("free", None)).is_ok()));
    }
}
