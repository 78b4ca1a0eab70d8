//! Who a caller is and what it may do.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use thiserror::Error;

use crate::CallerId;

/// A caller that has shown its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Its name, which is what its requests and sessions belong to: its keys can be changed.
    pub id: CallerId,
    /// The public part of the key that it has shown; `None` where no keys are asked for.
    pub key: Option<KeyName>,
    /// Globs of the names of policies that it may use.
    pub policies: Vec<String>,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// How many requests it may make in a minute; `None` for as many as the service's own bounds allow.
    pub rate_per_minute: Option<u32>,
}

impl Caller {
    /// Whether it may do this.
    pub fn may(&self, scope: Scope) -> bool {
        self.scopes.contains(&scope)
    }
}

/// A key to be made for a caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCaller {
    /// The caller's name. A caller can have several keys, such as the one before and the one after a change.
    pub id: CallerId,
    /// Globs of the names of policies that it may use.
    pub policies: Vec<String>,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// How many requests it may make in a minute.
    pub rate_per_minute: Option<u32>,
}

/// A key that was made, without the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallerKey {
    /// The public part of the key.
    pub name: KeyName,
    /// Whose it is, and what may be done with it.
    pub caller: Caller,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

/// The public part of a caller's key, by which it is listed and revoked.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyName(pub(crate) String);

impl KeyName {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// What a caller may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Ask for tokens.
    Issue,
    /// Read policies, and what became of its own sessions.
    Read,
    /// Erase personal data of its own sessions.
    Erase,
}

/// A word that names no scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("is none of `issue`, `read` and `erase`")]
pub struct UnknownScope;

impl Scope {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Issue, Self::Read, Self::Erase];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Issue => "issue",
            Self::Read => "read",
            Self::Erase => "erase",
        }
    }
}

impl FromStr for Scope {
    type Err = UnknownScope;

    fn from_str(text: &str) -> Result<Self, UnknownScope> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == text).ok_or(UnknownScope)
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
