//! The vendor answered, with something that is neither a usable answer nor a refusal.

use std::fmt;
use std::time::Duration;

use kyc_core::wire::WireField;
use kyc_core::{ResponseError, ScanRef};
use thiserror::Error;

use super::Identifier;
use crate::effect::Effect;

/// A redirect, which is not followed: it would take the body and the credentials to another place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the address answers with a redirect (status {status}), which is not followed; {}", self.outcome())]
pub struct Redirected {
    effect: Effect,
    status: u16,
}

impl Redirected {
    pub(crate) const fn new(effect: Effect, status: u16) -> Self {
        Self { effect, status }
    }

    pub(crate) const fn effect(self) -> Effect {
        self.effect
    }

    /// The HTTP status, 300 to 399.
    pub const fn status(self) -> u16 {
        self.status
    }

    /// 301, 307 and 308 say that the request belongs elsewhere. The others may follow one that was carried out.
    pub(crate) const fn may_have_been_done(self) -> bool {
        !matches!(self.status, 301 | 307 | 308)
    }

    const fn outcome(self) -> &'static str {
        if self.may_have_been_done() { self.effect.perhaps_done() } else { self.effect.not_done() }
    }

    pub(crate) const fn hint(self) -> &'static str {
        if self.may_have_been_done() && !self.effect.may_repeat() {
            self.effect.hint()
        } else {
            "set the base URL to the address that the redirect names, if you trust it"
        }
    }
}

/// The vendor, or something in front of it, failed while it had the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    effect: Effect,
    status: u16,
    identifier: Option<Identifier>,
    retry_after: Option<Duration>,
}

impl Failure {
    pub(crate) const fn new(
        effect: Effect,
        status: u16,
        identifier: Option<Identifier>,
        retry_after: Option<Duration>,
    ) -> Self {
        Self { effect, status, identifier, retry_after }
    }

    pub(crate) const fn effect(&self) -> Effect {
        self.effect
    }

    /// How long the vendor asks to wait; at most 30 days.
    pub const fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// The HTTP status: 500 and above; 408; or another one with the identifier `INTERNAL_ERROR`.
    pub const fn status(&self) -> u16 {
        self.status
    }

    /// The vendor's identifier, if it gave one.
    pub const fn identifier(&self) -> Option<&Identifier> {
        self.identifier.as_ref()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the vendor failed (status {}", self.status)?;
        if let Some(identifier) = &self.identifier {
            write!(f, ", `{identifier}`")?;
        }
        write!(f, "); {}", self.effect.perhaps_done())
    }
}

impl std::error::Error for Failure {}

/// The vendor accepted the request, and its answer cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the vendor accepted the request (status {status}) but {problem}; {}", self.effect.perhaps_done())]
pub struct Unreadable {
    effect: Effect,
    status: u16,
    problem: BodyProblem,
}

/// What is wrong with an answer that accepts the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum BodyProblem {
    /// Another success than the vendor documents: 200 and 201, or 200 and 204 for a deletion.
    #[error("with a status that it does not document")]
    Status,
    /// Longer than the limit of this client.
    #[error("the answer is too long")]
    TooLong,
    /// It ended before its end.
    #[error("the connection broke in the middle of the answer")]
    Cut,
    /// It did not arrive in time.
    #[error("the answer did not arrive in time")]
    Timeout,
    /// Not JSON, or without a field that is needed.
    #[error("{0}")]
    Content(ResponseError),
    /// It is about another session than the one that was asked about.
    #[error("the answer is about another session")]
    OtherSession,
    /// It names a mistake, as a refusal does.
    #[error("the answer names a mistake")]
    Contradiction,
    /// The address for the client is not one to send anybody to: not https, or a browser would rewrite it.
    #[error("the answer's `redirectUrl` is not an address to send a client to")]
    RedirectUrl,
}

impl Unreadable {
    pub(crate) const fn new(effect: Effect, status: u16, problem: BodyProblem) -> Self {
        Self { effect, status, problem }
    }

    pub(crate) const fn effect(self) -> Effect {
        self.effect
    }

    /// The HTTP status, 200 to 299.
    pub const fn status(self) -> u16 {
        self.status
    }

    /// What is wrong with the answer.
    pub const fn problem(self) -> BodyProblem {
        self.problem
    }
}

/// The vendor issued a session that asks less of the client than was requested. Its token is not handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedWeaker {
    status: u16,
    fields: Vec<WireField>,
    scan_ref: ScanRef,
}

impl IssuedWeaker {
    pub(crate) const fn new(status: u16, fields: Vec<WireField>, scan_ref: ScanRef) -> Self {
        Self { status, fields, scan_ref }
    }

    /// The HTTP status: 200 or 201.
    pub const fn status(&self) -> u16 {
        self.status
    }

    /// The parameters whose echo is weaker than what was asked; at least one.
    pub fn fields(&self) -> &[WireField] {
        &self.fields
    }

    /// The vendor's reference of the session, to delete it by.
    pub const fn scan_ref(&self) -> &ScanRef {
        &self.scan_ref
    }
}

impl fmt::Display for IssuedWeaker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the vendor issued a session that is weaker than requested in ")?;
        for (index, field) in self.fields.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}`{}`", field.name())?;
        }
        write!(f, "; the session {} exists and its token is withheld", self.scan_ref)
    }
}

impl std::error::Error for IssuedWeaker {}
