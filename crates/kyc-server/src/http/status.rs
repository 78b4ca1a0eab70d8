//! Whether the policies on disk are those in force, for `/readyz`.

use std::sync::Arc;

use arc_swap::ArcSwapOption;
use jiff::Timestamp;

/// Whether the policies on disk are those in force. Cheap to clone; clones tell of the same service.
#[derive(Clone, Debug, Default)]
pub struct Status(Arc<ArcSwapOption<Refused>>);

/// Policies that were not taken: those before stay in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Refused {
    pub(super) at: Timestamp,
    pub(super) mistakes: usize,
}

impl Status {
    /// The policies on disk are in force.
    pub fn policies_taken(&self) {
        self.0.store(None);
    }

    /// The policies on disk were refused at `at`, with so many mistakes; 0 if they cannot be read at all.
    pub fn policies_refused(&self, at: Timestamp, mistakes: usize) {
        self.0.store(Some(Arc::new(Refused { at, mistakes })));
    }

    pub(super) fn refused(&self) -> Option<Refused> {
        self.0.load().as_deref().copied()
    }
}
