//! What requests are answered with.

use std::fmt;
use std::sync::Arc;

use super::auth::{Access, Door, Rates};
use super::body::BodyLimits;
use super::status::Status;
use super::usable::Usable;
use crate::engine::Engine;
use crate::telemetry::Figures;

/// What requests are answered with. Cheap to clone.
#[derive(Clone)]
pub struct Service {
    pub(super) engine: Engine,
    pub(super) door: Door,
    pub(super) rates: Arc<Rates>,
    pub(super) status: Status,
    pub(super) ledger: Usable,
    pub(super) figures: Figures,
    pub(super) body: BodyLimits,
}

impl Service {
    /// A service that issues by `engine` to whoever `access` lets in at first; `status` is for `/readyz`, and `figures` are those of
    /// `/metrics`.
    pub fn new(engine: Engine, access: Access, status: Status, figures: Figures, body: BodyLimits) -> Self {
        let door = Door::new(engine.ledger().clone(), access);
        let ledger = Usable::new(engine.ledger().clone());
        Self { engine, door, rates: Arc::default(), status, ledger, figures, body }
    }
}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Service").field("door", &self.door).finish_non_exhaustive()
    }
}
