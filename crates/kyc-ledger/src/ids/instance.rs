//! The name of an instance of the service.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use super::{IdError, check_slug};

/// The name of one instance of the service: 1 to 40 small letters, digits and hyphens.
///
/// Each instance keeps a chain of its own in the history, so no two that run at a time may share a name: whoever opens
/// the ledger under a name takes it over from who had it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instance(Arc<str>);

impl Instance {
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

impl FromStr for Instance {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        Self::new(text)
    }
}

impl fmt::Display for Instance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Instance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}
