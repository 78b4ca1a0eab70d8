//! The key under which a caller asks for one token.

use std::fmt;
use std::str::FromStr;

use zeroize::Zeroizing;

use super::{IdError, check};

/// The header `Idempotency-Key`: 1 to 255 visible ASCII characters, which mean something to the caller alone.
///
/// Callers put order numbers and worse into it, so it does not print, and the ledger keeps a keyed hash of it only.
#[derive(Clone, PartialEq, Eq)]
pub struct IdempotencyKey(Zeroizing<String>);

impl IdempotencyKey {
    /// The longest length, in characters.
    pub const MAX: usize = 255;

    /// Takes the text if it can be such a key.
    pub fn new(text: &str) -> Result<Self, IdError> {
        check(text, Self::MAX, "visible ASCII characters", |byte| byte.is_ascii_graphic())?;
        Ok(Self(Zeroizing::new(text.to_owned())))
    }

    /// The text itself. Whoever calls this answers for where it goes.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl FromStr for IdempotencyKey {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        Self::new(text)
    }
}

impl fmt::Debug for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdempotencyKey(redacted)")
    }
}
