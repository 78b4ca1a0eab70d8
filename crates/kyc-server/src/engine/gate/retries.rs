//! How many calls may be attempted again: a part of all calls, so that a vendor in trouble gets no more of it.

use std::sync::atomic::{AtomicU32, Ordering};

/// What one attempt costs; each call earns as many hundredths of it as the budget has percent.
const COST: u32 = 100;
/// No more attempts than this are saved up.
const SAVED: u32 = 10;

/// A budget of further attempts.
#[derive(Debug)]
pub(crate) struct Retries {
    percent: u32,
    balance: AtomicU32,
}

impl Retries {
    /// A budget of so many further attempts in a hundred calls. It begins full.
    pub(crate) const fn new(percent: u32) -> Self {
        let full = if percent == 0 { 0 } else { SAVED * COST };
        Self { percent, balance: AtomicU32::new(full) }
    }

    /// A call is made for the first time.
    pub(crate) fn earn(&self) {
        let add = |balance: u32| {
            let more = balance.saturating_add(self.percent).min(SAVED * COST);
            (more != balance).then_some(more)
        };
        // No update means that the budget is full.
        let _ = self.balance.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
    }

    /// Whether one more attempt may be made.
    pub(crate) fn take(&self) -> bool {
        let take = |balance: u32| balance.checked_sub(COST);
        self.balance.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn takes(retries: &Retries) -> usize {
        std::iter::repeat_with(|| retries.take()).take_while(|is_taken| *is_taken).count()
    }

    #[test]
    fn attempts_are_a_part_of_all_calls() {
        let retries = Retries::new(10);
        assert_eq!(takes(&retries), 10);
        (0..9).for_each(|_| retries.earn());
        assert_eq!(takes(&retries), 0);
        retries.earn();
        assert_eq!(takes(&retries), 1);
        (0..40).for_each(|_| retries.earn());
        assert_eq!(takes(&retries), 4);
    }

    #[test]
    fn only_so_many_are_saved_up() {
        let retries = Retries::new(50);
        (0..1000).for_each(|_| retries.earn());
        assert_eq!(takes(&retries), 10);
    }

    #[test]
    fn without_a_budget_there_are_none() {
        let retries = Retries::new(0);
        (0..1000).for_each(|_| retries.earn());
        assert_eq!(takes(&retries), 0);
    }
}
