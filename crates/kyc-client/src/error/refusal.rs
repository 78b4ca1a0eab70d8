//! The vendor said no. Four shapes of answer, from several generations of its API, become one error.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use kyc_core::wire::WireField;

use super::Identifier;
use crate::effect::Effect;

/// The vendor refused the request and acted on nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    effect: Effect,
    status: u16,
    identifier: Option<Identifier>,
    kind: RefusalKind,
    retry_after: Option<Duration>,
}

/// Why the vendor refused, by the status or the identifier: older answers carry status 400 for everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RefusalKind {
    /// The credentials are missing, wrong or of another environment.
    Unauthorized,
    /// The account has no credits left, or has reached a limit of spending.
    InsufficientFunds,
    /// The account is disabled.
    PartnerInactive,
    /// The account is of another environment than the address serves.
    WrongEnvironment,
    /// The contract does not include something that was requested.
    NotPermitted,
    /// A parameter has a value that the vendor does not take; which one, if it said so.
    BadValue(Option<WireField>),
    /// A parameter is missing; which one, if the vendor said so.
    MissingValue(Option<WireField>),
    /// The vendor could not read the body.
    Malformed,
    /// Too many requests.
    RateLimited,
    /// A session of this client is under way.
    Conflict,
    /// The vendor does not know the session, or not under this account.
    UnknownSession,
    /// The session's token can still be used, so the session cannot be deleted yet.
    TokenAlive,
    /// Nothing is at this path.
    NotFound,
    /// The path does not take this method.
    MethodNotAllowed,
    /// Something else.
    Other,
}

impl RefusalKind {
    /// The parameter that the vendor objects to, if it named one.
    pub const fn field(self) -> Option<WireField> {
        match self {
            Self::BadValue(field) | Self::MissingValue(field) => field,
            _ => None,
        }
    }

    pub(crate) const fn hint(self) -> &'static str {
        match self {
            Self::Unauthorized => "check the API key and secret, and that they belong to this environment",
            Self::InsufficientFunds => "top up the account or raise its limit in the vendor's dashboard",
            Self::PartnerInactive => "ask the vendor to activate the account",
            Self::WrongEnvironment => "use the credentials of the other environment",
            Self::NotPermitted => "ask the vendor to switch the requested features on for the account",
            Self::BadValue(_) | Self::MissingValue(_) => {
                "correct the parameter in the policy or in the client's data; asking again as it is will fail again"
            }
            Self::Malformed => "check that nothing between here and the vendor changes the body",
            Self::RateLimited => "wait and ask again, or ask the vendor to raise the limit",
            Self::Conflict => "finish or delete the client's earlier session first",
            Self::UnknownSession => {
                "check the scan reference, and that the credentials are of the account that created the session"
            }
            Self::TokenAlive => "wait until the session's `expiryTime` has passed, then delete it",
            Self::NotFound | Self::MethodNotAllowed => "check the base URL",
            Self::Other => "look the status and identifier up in the vendor's documentation",
        }
    }
}

impl fmt::Display for RefusalKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadValue(Some(field)) => write!(f, "it does not take the value of `{}`", field.name()),
            Self::MissingValue(Some(field)) => write!(f, "it misses `{}`", field.name()),
            _ => f.write_str(match self {
                Self::Unauthorized => "the credentials are not valid",
                Self::InsufficientFunds => "the account has no credits left or reached a limit",
                Self::PartnerInactive => "the account is not active",
                Self::WrongEnvironment => "the account belongs to another environment",
                Self::NotPermitted => "the account may not use something that was requested",
                Self::BadValue(_) => "it does not take the value of a parameter",
                Self::MissingValue(_) => "it misses a parameter",
                Self::Malformed => "it could not read the body",
                Self::RateLimited => "too many requests",
                Self::Conflict => "a session of this client is under way",
                Self::UnknownSession => "it does not know the session",
                Self::TokenAlive => "the session's token has not expired yet",
                Self::NotFound => "nothing is at this path",
                Self::MethodNotAllowed => "the path does not take this method",
                Self::Other => "no known reason",
            }),
        }
    }
}

impl Refusal {
    pub(crate) const fn new(
        effect: Effect,
        status: u16,
        identifier: Option<Identifier>,
        kind: RefusalKind,
        retry_after: Option<Duration>,
    ) -> Self {
        Self { effect, status, identifier, kind, retry_after }
    }

    /// The HTTP status, 400 to 499.
    pub const fn status(&self) -> u16 {
        self.status
    }

    /// The vendor's identifier; some answers carry none.
    pub const fn identifier(&self) -> Option<&Identifier> {
        self.identifier.as_ref()
    }

    /// Why.
    pub const fn kind(&self) -> RefusalKind {
        self.kind
    }

    /// How long the vendor asks to wait; at most 30 days.
    pub const fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the vendor refused the request: {} (status {}", self.kind, self.status)?;
        if let Some(identifier) = &self.identifier {
            write!(f, ", `{identifier}`")?;
        }
        write!(f, "); {}", self.effect.not_done())
    }
}

impl StdError for Refusal {}
