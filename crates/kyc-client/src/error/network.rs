//! No answer: the request was not sent, or it was and nothing came back.

use std::error::Error as StdError;
use std::fmt;

use crate::effect::Effect;
use crate::transport::{Fault, FaultKind};

/// The vendor could not be reached, and nothing was sent.
pub struct Unreachable {
    effect: Effect,
    kind: FaultKind,
    /// The cause as the HTTP library tells it, without the address. Nothing of the request had been handed over.
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Unreachable {
    pub(crate) fn new(effect: Effect, fault: Fault) -> Self {
        Self { effect, kind: fault.kind(), source: fault.into_source() }
    }

    /// Where it broke.
    pub const fn kind(&self) -> FaultKind {
        self.kind
    }

    pub(crate) const fn hint(&self) -> &'static str {
        match self.kind {
            FaultKind::Resolve => "check the base URL and the DNS of this machine, then ask again",
            FaultKind::Tls => "check the base URL, the clock and the root certificates of this machine",
            FaultKind::Refused | FaultKind::Timeout | FaultKind::Broken => {
                "check the base URL and that a firewall lets this machine out, then ask again"
            }
        }
    }
}

impl fmt::Debug for Unreachable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unreachable").field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl fmt::Display for Unreachable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let outcome = self.effect.not_done();
        write!(f, "the vendor cannot be reached: {}; nothing was sent, so {outcome}", self.kind)
    }
}

impl StdError for Unreachable {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

/// The request was sent, wholly or in part, and no answer came. For a call that only asks, it may be that nothing was
/// sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unanswered {
    effect: Effect,
    kind: FaultKind,
}

impl Unanswered {
    pub(crate) const fn new(effect: Effect, kind: FaultKind) -> Self {
        Self { effect, kind }
    }

    pub(crate) const fn effect(self) -> Effect {
        self.effect
    }

    /// Where it broke.
    pub const fn kind(self) -> FaultKind {
        self.kind
    }
}

impl fmt::Display for Unanswered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What only asks has no body whose taking would tell.
        let sent = if self.effect == Effect::Reads { "" } else { " after the request was sent" };
        write!(f, "the vendor did not answer: {}{sent}; {}", self.kind, self.effect.perhaps_done())
    }
}

impl StdError for Unanswered {}
