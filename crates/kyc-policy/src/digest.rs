//! Digests: SHA-256 over the canonical form (RFC 8785) of what a policy means.

use std::fmt::{self, Write as _};
use std::str::FromStr;

use sha2::{Digest as _, Sha256};
use thiserror::Error;

use crate::canonical::{governance, meaning};
use crate::sections::Sections;

/// What precedes the canonical form, so that no digest of something else can ever be one of a policy.
const DOMAIN: &[u8] = b"kyc-policy/1\n";
const DOCUMENT_DOMAIN: &[u8] = b"kyc-policy-document/1\n";

/// A SHA-256 digest; written as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

/// The text is not 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not 64 lower-case hexadecimal digits")]
pub struct MalformedDigest;

impl Digest {
    /// For generated code: the macro has checked the value with this very library.
    #[doc(hidden)]
    pub const fn proven(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// A digest that was kept as its bytes.
impl From<[u8; 32]> for Digest {
    fn from(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
        digits.map(u32::from).try_for_each(|digit| f.write_char(char::from_digit(digit, 16).unwrap_or('0')))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Digest {
    type Err = MalformedDigest;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if text.len() != 64 || !text.bytes().all(is_hex) {
            return Err(MalformedDigest);
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| MalformedDigest)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| MalformedDigest)?;
        }
        Ok(Self(bytes))
    }
}

/// The digest of what reaches the vendor or the verdict.
pub(crate) fn digest(sections: &Sections) -> Digest {
    digest_of(&meaning(sections))
}

/// The digest of a meaning in canonical form.
pub(crate) fn digest_of(canonical: &[u8]) -> Digest {
    hash(DOMAIN, &[], canonical)
}

/// The digest of the whole document: of its meaning, by the digest of that, and of what it says to people.
pub(crate) fn document_digest(meaning: Digest, sections: &Sections) -> Digest {
    hash(DOCUMENT_DOMAIN, meaning.as_bytes(), &governance(sections))
}

fn hash(domain: &[u8], first: &[u8], canonical: &[u8]) -> Digest {
    Digest(Sha256::new().chain_update(domain).chain_update(first).chain_update(canonical).finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_written_and_read_as_hexadecimal() {
        let digest = digest(&Sections::silent());
        assert_eq!(digest.to_string().len(), 64);
        assert_eq!(digest.to_string().parse(), Ok(digest));
        assert_eq!("A".repeat(64).parse::<Digest>(), Err(MalformedDigest));
        assert_eq!("ž".repeat(32).parse::<Digest>(), Err(MalformedDigest));
    }
}
