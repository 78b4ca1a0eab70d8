//! The name of a caller.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use super::{IdError, check_slug};

/// The name of a service that asks for tokens: 1 to 40 small letters, digits and hyphens.
///
/// Cheap to clone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallerId(Arc<str>);

impl CallerId {
    /// The longest length, in characters.
    pub const MAX: usize = 40;

    /// Takes the text if it has the form of a name.
    pub fn new(text: &str) -> Result<Self, IdError> {
        check_slug(text, Self::MAX)?;
        Ok(Self(Arc::from(text)))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for CallerId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        Self::new(text)
    }
}

impl fmt::Display for CallerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for CallerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}
