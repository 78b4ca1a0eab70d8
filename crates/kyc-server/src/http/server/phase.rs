//! What a connection is waiting for, told by the service and read by the guard of its bytes.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

/// What a connection is waiting for. Cheap to clone; clones tell of the same connection.
#[derive(Clone, Debug)]
pub(super) struct Phase(Arc<AtomicU8>);

/// What a connection is waiting for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Awaits {
    /// The first byte of another request.
    Request,
    /// The rest of a request's head.
    Head,
    /// The service, which has its own bounds of time.
    Service,
}

impl Phase {
    /// A new connection owes a head.
    pub(super) fn of_new_connection() -> Self {
        Self(Arc::new(AtomicU8::new(Awaits::Head as u8)))
    }

    pub(super) fn set(&self, awaits: Awaits) {
        self.0.store(awaits as u8, Ordering::Relaxed);
    }

    pub(super) fn awaits(&self) -> Awaits {
        match self.0.load(Ordering::Relaxed) {
            0 => Awaits::Request,
            1 => Awaits::Head,
            _ => Awaits::Service,
        }
    }
}
