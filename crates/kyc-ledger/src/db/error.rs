//! What a database answers when it does not do what it was told.

use std::fmt;

/// Why a statement was not carried out. Its text holds no value of the statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DbError {
    /// The connection cannot be used any more; what was not committed is gone.
    Lost(String),
    /// The database gave up this transaction for the sake of another: it can be tried again.
    Again(String),
    /// The statement failed.
    Failed(String),
}

impl fmt::Display for DbError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Lost(reason) | Self::Again(reason) | Self::Failed(reason)) = self;
        f.write_str(reason)
    }
}
