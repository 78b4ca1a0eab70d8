//! Commitments: they prove later what a value was, and tell nothing of it once their salt is gone.

use std::fmt;

use zeroize::Zeroizing;

use crate::bytes32::bytes32;
use crate::keys::Authenticator;

bytes32! {
    /// HMAC-SHA256 over the name of a part and its bytes, under the salt of its session.
    Commitment
}

/// What a [`Commitment`] is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Part {
    /// The caller's identifier of the client.
    Client,
    /// The raw body that was sent to the vendor.
    Request,
    /// The raw body that the vendor answered.
    Answer,
    /// The session's token.
    Token,
    /// The tag of an idempotency key.
    Key,
    /// The fingerprint of the data of a request.
    Data,
    /// What a person wrote who settled the session by hand.
    Note,
}

impl Part {
    const fn text(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Request => "request",
            Self::Answer => "answer",
            Self::Token => "token",
            Self::Key => "key",
            Self::Data => "data",
            Self::Note => "note",
        }
    }
}

/// 32 random bytes of one session, kept where they can be erased. Zeroed when dropped.
///
/// As long as it is there, whoever has a value can show that it is the one committed to. Without it nobody can, not even
/// by trying all values there are.
#[derive(Clone)]
pub struct Salt(Zeroizing<[u8; 32]>);

impl Salt {
    /// A new one, of the system's randomness; nothing if the system has none.
    pub fn generate() -> Option<Self> {
        let mut bytes = Zeroizing::new([0; 32]);
        getrandom::fill(&mut *bytes).ok()?;
        Some(Self(bytes))
    }

    /// The salt that was stored; nothing if these are not 32 bytes.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(|bytes| Self(Zeroizing::new(bytes)))
    }

    /// The bytes, to be stored.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// Commits to a value.
    pub fn commit(&self, part: Part, value: &[u8]) -> Commitment {
        let mac = Authenticator::new(&self.0).part(b"kyc-commitment/1").part(part.text().as_bytes());
        Commitment::new(mac.part(value).finish())
    }
}

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Salt(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARTS: [Part; 7] =
        [Part::Client, Part::Request, Part::Answer, Part::Token, Part::Key, Part::Data, Part::Note];

    /// Computed apart, by Python's `hmac`.
    #[test]
    fn commitments_never_change() {
        let salt = Salt::read(&[3; 32]).unwrap();
        let found = PARTS.map(|part| salt.commit(part, b"client-1").to_string());
        assert_eq!(
            found,
            [
                "317979803388054edd0542b2fb31ce45b57529659f7724fddc963f07033118df",
                "faeb3b0bfc5c2f9a610c2050afd1d43fd4bdc694268cc6e74d0cf3525c61ff3a",
                "9b7bb9f3b2c307ed5b3d18ecca01f8613a0ef9b53266002b23b740a2aaf9d336",
                "042aeaf5c0aa5e905e66cb410e848ea6c619374e7eb37ce1075bc66928dd2579",
                "7e7de40d7cd1a651ee820ffc27bb108e16bb5d8058e06020d3dc8805a1da461a",
                "7e76288c0cb808ff59012325a4766d4b6665e91242b6d0389f6e8494bde185a7",
                "37d07a4dc9563fac0cf3e3171c8f92c9eeab3fc0255071e2e2be97514c760310",
            ]
        );
    }

    #[test]
    fn another_salt_part_or_value_is_another_commitment() {
        let (salt, other) = (Salt::generate().unwrap(), Salt::generate().unwrap());
        let commitment = salt.commit(Part::Client, b"client-1");
        assert_eq!(commitment, salt.commit(Part::Client, b"client-1"));
        assert_ne!(commitment, other.commit(Part::Client, b"client-1"));
        assert_ne!(commitment, salt.commit(Part::Client, b"client-2"));
        assert_ne!(commitment, salt.commit(Part::Token, b"client-1"));
        assert_eq!(format!("{salt:?}"), "Salt(redacted)");
        assert!(Salt::read(&[0; 31]).is_none());
    }
}
