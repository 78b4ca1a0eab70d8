//! No answer: the request was not sent, or it was and nothing came back.

use std::error::Error as StdError;
use std::fmt;

use super::{MAY_EXIST, NOTHING_CREATED};
use crate::transport::{Fault, FaultKind};

/// The vendor could not be reached, and nothing was sent.
pub struct Unreachable {
    kind: FaultKind,
    /// The cause as the HTTP library tells it, without the address. Nothing of the request had been handed over.
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Unreachable {
    pub(crate) fn new(fault: Fault) -> Self {
        Self { kind: fault.kind(), source: fault.into_source() }
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
        write!(f, "the vendor cannot be reached: {}; nothing was sent, so {NOTHING_CREATED}", self.kind)
    }
}

impl StdError for Unreachable {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

/// The request was sent, wholly or in part, and no answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unanswered {
    kind: FaultKind,
}

impl Unanswered {
    pub(crate) const fn new(kind: FaultKind) -> Self {
        Self { kind }
    }

    /// Where it broke.
    pub const fn kind(self) -> FaultKind {
        self.kind
    }
}

impl fmt::Display for Unanswered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the vendor did not answer: {} after the request was sent; {MAY_EXIST}", self.kind)
    }
}

impl StdError for Unanswered {}
