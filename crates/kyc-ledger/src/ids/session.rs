//! The identifier of a session.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

use super::IdError;

/// The identifier of a session, made before the vendor is asked: a UUID of version 7 in 32 hexadecimal digits.
///
/// It begins with the time, so later ones sort after earlier ones. Where the caller gives no reference of its own, it
/// goes to the vendor as `externalRef`. It is no secret.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionId(Uuid);

impl SessionId {
    /// The length of the text, in characters.
    pub const LENGTH: usize = 32;

    /// A new one.
    #[expect(
        clippy::new_without_default,
        reason = "two of them are never equal, which a default would suggest"
    )]
    pub fn new() -> Self {
        Self(Uuid::now_v7())
    }

    /// Its 16 bytes.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }
}

impl FromStr for SessionId {
    type Err = IdError;

    /// Reads the one spelling that is ever printed, so that no session has two names.
    fn from_str(text: &str) -> Result<Self, IdError> {
        if text.len() != Self::LENGTH {
            return Err(IdError::Length { min: Self::LENGTH, max: Self::LENGTH });
        }
        let malformed =
            IdError::Alphabet { allowed: "the hexadecimal digits of a session, in small letters" };
        if !text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(malformed);
        }
        let uuid = Uuid::try_parse_ascii(text.as_bytes()).map_err(|_| malformed)?;
        if uuid.get_version_num() == 7 { Ok(Self(uuid)) } else { Err(malformed) }
    }
}

impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0.as_simple().encode_lower(&mut [0; Self::LENGTH]))
    }
}

impl fmt::Debug for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
