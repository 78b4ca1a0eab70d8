//! Lists in pages: so many entries, and where the next page begins.

use crate::engine::Problem;
use crate::http::query::Query;

/// How many entries a page has at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) struct Limit(u16);

impl Limit {
    /// The largest page.
    pub(in crate::http) const MAX: u16 = 500;
    /// A page whose size is not asked for.
    pub(in crate::http) const DEFAULT: u16 = 100;

    /// The parameter `limit`.
    pub(super) fn read(query: &Query) -> Result<Self, Problem> {
        let takes = format!("a whole number from 1 to {}", Self::MAX);
        let read = |text: &str| {
            let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse().ok().filter(|limit| is_plain && (1..=Self::MAX).contains(limit))
        };
        Ok(Self(query.parsed("limit", &takes, read)?.unwrap_or(Self::DEFAULT)))
    }

    /// The limit, and one more that tells whether another page follows.
    pub(super) fn with_one_more(self) -> u32 {
        u32::from(self.0) + 1
    }
}

/// The page, and its last entry if another page follows it.
pub(super) fn cut<T: Clone>(mut entries: Vec<T>, limit: Limit) -> (Vec<T>, Option<T>) {
    let is_last = entries.len() <= usize::from(limit.0);
    entries.truncate(usize::from(limit.0));
    let next = entries.last().filter(|_| !is_last).cloned();
    (entries, next)
}
