//! The environment of a vendor's account.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// Whether people or test data are verified with an account. Every session tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Environment {
    /// Test data; sessions cost nothing.
    Development,
    /// People, and credits.
    Production,
}

/// A word that names no environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("neither `development` nor `production`")]
pub struct UnknownEnvironment;

impl Environment {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Development => "development",
            Self::Production => "production",
        }
    }
}

impl FromStr for Environment {
    type Err = UnknownEnvironment;

    fn from_str(text: &str) -> Result<Self, UnknownEnvironment> {
        [Self::Development, Self::Production]
            .into_iter()
            .find(|it| it.as_str() == text)
            .ok_or(UnknownEnvironment)
    }
}

impl fmt::Display for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
