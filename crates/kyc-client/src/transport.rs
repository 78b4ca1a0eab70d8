//! The seam between what is said to the vendor and how it travels.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;

use thiserror::Error;

/// An exchange under way: the head of the answer, or why there is none.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<reqwest::Response, Fault>> + Send + 'a>>;

/// Sends one request once and returns the head of the answer.
///
/// Retries, time limits, the size of the answer and the meaning of statuses are the client's; an implementation must
/// not retry, follow redirects or print what it carries. Tests put faults here.
pub trait Transport: Send + Sync + 'static {
    /// Sends the request. Dropping the future abandons the attempt.
    ///
    /// Whether anything was sent is not read from the fault: the body marks itself when it is taken.
    fn send(&self, request: reqwest::Request) -> Sending<'_>;
}

/// Where an exchange broke before there was an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum FaultKind {
    /// The host name has no address.
    #[error("the host name could not be resolved")]
    Resolve,
    /// Nothing listens at the address.
    #[error("the connection was refused")]
    Refused,
    /// The other side does not speak TLS, or its certificate is not trusted.
    #[error("no trusted TLS connection could be made")]
    Tls,
    /// It took longer than allowed.
    #[error("it took too long")]
    Timeout,
    /// The connection broke, or what came over it is not HTTP.
    #[error("the connection broke")]
    Broken,
}

/// Why there is no answer.
pub struct Fault {
    kind: FaultKind,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Fault {
    /// A fault of this kind.
    pub const fn new(kind: FaultKind) -> Self {
        Self { kind, source: None }
    }

    /// Adds the cause, which must hold nothing of the request. It is shown only if nothing was sent.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Where it broke.
    pub const fn kind(&self) -> FaultKind {
        self.kind
    }

    pub(crate) fn into_source(self) -> Option<Box<dyn StdError + Send + Sync>> {
        self.source
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fault").field("kind", &self.kind).finish_non_exhaustive()
    }
}
