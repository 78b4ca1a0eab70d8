//! The hourly budget of an account, spent here in slices that are taken from what all instances share.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use kyc_ledger::RateSlice;
use tokio::sync::Semaphore;
use tokio::time::Instant;

/// A slice has at least so many calls, and at most this part of the hourly budget.
const SMALLEST: u32 = 20;
const PART: u32 = 100;
/// How long a budget counts as used up at most before the shared one is asked again: other instances may have left some.
const LONGEST: Duration = Duration::from_mins(1);

/// The part of an account's budget that is here.
#[derive(Debug)]
pub(crate) struct Rate {
    per_hour: u32,
    here: Mutex<Here>,
    /// One at a time takes a slice, and the others wait for it.
    asking: Semaphore,
}

#[derive(Debug)]
struct Here {
    slice: Slice,
    /// How many calls to ask for: twice as many after a slice that was too small, half as many after one too large, since
    /// what is not spent is lost for all.
    want: u32,
}

#[derive(Clone, Copy, Debug)]
enum Slice {
    /// So many calls may be made until then.
    Has { left: u32, until: Instant },
    /// The shared budget is used up; ask again then.
    UsedUp { until: Instant },
}

/// The budget is used up; ask again then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct UsedUp {
    pub(crate) until: Instant,
}

impl Rate {
    pub(crate) fn new(per_hour: u32) -> Self {
        let slice = Slice::Has { left: 0, until: Instant::now() };
        let here = Mutex::new(Here { slice, want: SMALLEST });
        Self { per_hour: per_hour.max(1), here, asking: Semaphore::new(1) }
    }

    /// Takes one call. If there is none here, `ask` takes a slice of the shared budget: so many calls, of so many per hour.
    ///
    /// # Errors
    ///
    /// Those of `ask`; inside, that the budget is used up.
    pub(crate) async fn take<E>(
        &self,
        ask: impl AsyncFnOnce(u32, u32) -> Result<RateSlice, E>,
    ) -> Result<Result<(), UsedUp>, E> {
        if let Some(taken) = self.take_here() {
            return Ok(taken);
        }
        // It is never closed; if it were, asking twice would do no harm.
        let _alone = self.asking.acquire().await;
        if let Some(taken) = self.take_here() {
            return Ok(taken);
        }
        let asked = Instant::now();
        let RateSlice { granted, within } = ask(self.want(), self.per_hour).await?;
        let Some(left) = granted.checked_sub(1) else {
            let until = asked + within.min(LONGEST);
            self.lock().slice = Slice::UsedUp { until };
            return Ok(Err(UsedUp { until }));
        };
        self.lock().slice = Slice::Has { left, until: asked + within };
        Ok(Ok(()))
    }

    /// Gives back a call that was taken and not made.
    pub(crate) fn give_back(&self) {
        if let Slice::Has { left, .. } = &mut self.lock().slice {
            *left += 1;
        }
    }

    /// How many calls may be made without asking.
    pub(crate) fn left(&self) -> u32 {
        match self.lock().slice {
            Slice::Has { left, until } if Instant::now() < until => left,
            Slice::Has { .. } | Slice::UsedUp { .. } => 0,
        }
    }

    /// One call of the slice that is here; `None` if somebody has to ask for another.
    fn take_here(&self) -> Option<Result<(), UsedUp>> {
        match &mut self.lock().slice {
            Slice::UsedUp { until } if Instant::now() < *until => Some(Err(UsedUp { until: *until })),
            Slice::Has { left, until } if *left > 0 && Instant::now() < *until => {
                *left -= 1;
                Some(Ok(()))
            }
            Slice::Has { .. } | Slice::UsedUp { .. } => None,
        }
    }

    /// How many calls to ask for now that the slice has ended.
    fn want(&self) -> u32 {
        let mut here = self.lock();
        let largest = (self.per_hour / PART).max(SMALLEST).min(self.per_hour);
        let want = match here.slice {
            Slice::Has { until, .. } if Instant::now() < until => here.want.saturating_mul(2),
            Slice::Has { left: 0, .. } | Slice::UsedUp { .. } => here.want,
            Slice::Has { .. } => here.want / 2,
        };
        here.want = want.clamp(SMALLEST.min(largest), largest);
        here.want
    }

    fn lock(&self) -> MutexGuard<'_, Here> {
        self.here.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use futures_util::FutureExt;
    use tokio::time::advance;

    use super::*;

    const MINUTE: Duration = Duration::from_mins(1);

    /// A shared budget that gives what is asked for, up to what it has, for three minutes.
    struct Shared {
        has: RefCell<u32>,
        asked: RefCell<Vec<u32>>,
    }

    impl Shared {
        fn of(calls: u32) -> Self {
            Self { has: RefCell::new(calls), asked: RefCell::default() }
        }

        async fn take(&self, rate: &Rate) -> Result<(), UsedUp> {
            let ask = async |want: u32, _: u32| {
                self.asked.borrow_mut().push(want);
                let granted = want.min(*self.has.borrow());
                *self.has.borrow_mut() -= granted;
                let rest = if granted > 0 { 3 * MINUTE } else { 30 * MINUTE };
                Ok::<_, ()>(RateSlice { granted, within: rest })
            };
            rate.take(ask).await.unwrap()
        }

        async fn takes(&self, rate: &Rate, calls: usize) {
            for _ in 0..calls {
                self.take(rate).await.unwrap();
            }
        }
    }

    #[tokio::test(start_paused = true)]
    async fn slices_grow_while_they_are_used_up() {
        let (rate, shared) = (Rate::new(10_000), Shared::of(10_000));
        shared.takes(&rate, 20 + 40 + 80 + 100 + 100).await;
        // The clock stands still, but for the first slice, of which there is none to be too small.
        assert_eq!(*shared.asked.borrow(), [20, 40, 80, 100, 100]);
        assert_eq!(rate.left(), 0);
    }

    #[tokio::test(start_paused = true)]
    async fn slices_shrink_while_they_are_not() {
        let (rate, shared) = (Rate::new(10_000), Shared::of(10_000));
        shared.takes(&rate, 20 + 40 + 80 + 1).await;
        for _ in 0..3 {
            advance(3 * MINUTE).await;
            assert_eq!(rate.left(), 0);
            shared.takes(&rate, 1).await;
        }
        assert_eq!(*shared.asked.borrow(), [20, 40, 80, 100, 50, 25, 20]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_small_budget_is_not_asked_for_more_than_it_has() {
        let (rate, shared) = (Rate::new(5), Shared::of(5));
        shared.takes(&rate, 5).await;
        assert_eq!(*shared.asked.borrow(), [5]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_budget_that_is_used_up_is_asked_again_after_a_while() {
        let (rate, shared) = (Rate::new(10_000), Shared::of(2));
        shared.takes(&rate, 2).await;
        for _ in 0..3 {
            let used_up = shared.take(&rate).await.unwrap_err();
            assert_eq!(used_up.until - Instant::now(), LONGEST);
        }
        assert_eq!(shared.asked.borrow().len(), 2);
        *shared.has.borrow_mut() = 7;
        advance(LONGEST).await;
        shared.takes(&rate, 7).await;
        assert!(shared.take(&rate).await.is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_that_was_not_made_is_there_for_another() {
        let (rate, shared) = (Rate::new(20), Shared::of(20));
        shared.takes(&rate, 20).await;
        rate.give_back();
        shared.takes(&rate, 1).await;
        assert!(shared.take(&rate).await.is_err());
        rate.give_back();
        assert!(shared.take(&rate).await.is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn one_asks_and_the_others_wait_for_it() {
        let rate = Rate::new(10_000);
        let (answer, asked) = tokio::sync::oneshot::channel::<RateSlice>();
        let mut first = Box::pin(rate.take(async |_, _| asked.await));
        assert!((&mut first).now_or_never().is_none());
        let mut second = Box::pin(rate.take(async |_, _| Err(())));
        assert!((&mut second).now_or_never().is_none());
        answer.send(RateSlice { granted: 20, within: MINUTE }).unwrap();
        assert_eq!(first.await.unwrap(), Ok(()));
        assert_eq!(second.await, Ok(Ok(())));
        assert_eq!(rate.left(), 18);
    }
}
