//! A master key, and the text it is kept in.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use data_encoding::HEXLOWER_PERMISSIVE;
use secrecy::{ExposeSecret as _, SecretBox};
use thiserror::Error;
use zeroize::Zeroizing;

/// 32 random bytes that nobody else has: all keys of the ledger are derived from them.
///
/// It never prints, and leaves memory zeroed.
pub struct MasterKey(SecretBox<[u8; 32]>);

/// Why a text is no master key. It never holds the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum MasterKeyError {
    /// Nothing but white space.
    #[error("the text of the master key is empty")]
    Empty,
    /// More than one line, as in a file of several keys or a certificate.
    #[error("the text of the master key has more than one line: one text holds one key")]
    Lines,
    /// Neither hexadecimal nor base64.
    #[error("a master key is written in base64 or as 64 hexadecimal digits, and this text is neither")]
    Encoding,
    /// A legal notation of another number of bytes.
    #[error("a master key has 32 bytes, and this text stands for {actual}")]
    Length {
        /// How many bytes the text stands for.
        actual: usize,
    },
    /// Bytes that no random generator makes, such as zeros.
    #[error("this master key is not random: it repeats itself, so anybody could guess it")]
    NotRandom,
    /// The system has no randomness to make a key of.
    #[error("the system gives no random bytes")]
    NoRandomness,
}

impl MasterKey {
    /// Its length, in bytes.
    pub const LEN: usize = 32;

    /// Takes the bytes, unless they cannot be random.
    ///
    /// # Errors
    ///
    /// [`MasterKeyError::NotRandom`] if fewer than 8 different bytes occur, which happens to random ones less than once
    /// in 2^100.
    pub fn new(bytes: SecretBox<[u8; 32]>) -> Result<Self, MasterKeyError> {
        let mut seen = [false; 256];
        for byte in bytes.expose_secret() {
            if let Some(seen) = seen.get_mut(usize::from(*byte)) {
                *seen = true;
            }
        }
        if seen.iter().filter(|seen| **seen).count() < 8 {
            return Err(MasterKeyError::NotRandom);
        }
        Ok(Self(bytes))
    }

    /// Reads the text of a key: 32 bytes in base64 (either alphabet, padded or not) or as 64 hexadecimal digits. White
    /// space around it is ignored, as files end with a line break.
    ///
    /// A text of hexadecimal digits alone is read as such, though 64 of them would be base64 of 48 bytes.
    pub fn from_text(text: &str) -> Result<Self, MasterKeyError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(MasterKeyError::Empty);
        }
        if text.contains(['\n', '\r']) {
            return Err(MasterKeyError::Lines);
        }
        let bytes = decode(text).ok_or(MasterKeyError::Encoding)?;
        let mut key = SecretBox::new(Box::new([0; Self::LEN]));
        if bytes.len() != Self::LEN {
            return Err(MasterKeyError::Length { actual: bytes.len() });
        }
        secrecy::ExposeSecretMut::expose_secret_mut(&mut key).copy_from_slice(&bytes);
        Self::new(key)
    }

    /// Makes a key of the system's randomness.
    pub fn generate() -> Result<Self, MasterKeyError> {
        let mut key = SecretBox::new(Box::new([0; Self::LEN]));
        getrandom::fill(secrecy::ExposeSecretMut::expose_secret_mut(&mut key))
            .map_err(|_| MasterKeyError::NoRandomness)?;
        Self::new(key)
    }

    /// The key in base64, for the file or the vault that keeps it. Whoever calls this answers for where it goes.
    pub fn expose_text(&self) -> Zeroizing<String> {
        Zeroizing::new(STANDARD.encode(self.expose()))
    }

    /// The bytes.
    pub(crate) fn expose(&self) -> &[u8; 32] {
        self.0.expose_secret()
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(redacted)")
    }
}

fn decode(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    if text.len().is_multiple_of(2) && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok().map(Zeroizing::new);
    }
    [STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD]
        .iter()
        .find_map(|alphabet| alphabet.decode(text).ok())
        .map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEX: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1eff";
    const BASE64: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHv8=";

    #[test]
    fn every_notation_is_the_same_key() {
        let unpadded = BASE64.trim_end_matches('=');
        let upper = HEX.to_uppercase();
        let url = unpadded.replace('/', "_");
        for text in [HEX, &upper, BASE64, unpadded, &url, &format!("  {BASE64}\r\n")] {
            let key = MasterKey::from_text(text).unwrap();
            assert_eq!(key.expose_text().as_str(), BASE64, "{text}");
        }
    }

    #[test]
    fn other_texts_are_refused_by_reason() {
        use MasterKeyError as E;
        for (text, error) in [
            ("", E::Empty),
            (" \n", E::Empty),
            (&*format!("{BASE64}\n{BASE64}"), E::Lines),
            ("-----BEGIN", E::Encoding),
            ("pass phrase", E::Encoding),
            ("AAECAwQFBgcICQoLDA0ODw==", E::Length { actual: 16 }),
            (&*format!("{BASE64}AA"), E::Encoding),
            (HEX.strip_prefix("00").unwrap(), E::Length { actual: 31 }),
            (HEX.strip_prefix("0").unwrap(), E::Encoding),
            (&"00".repeat(32), E::NotRandom),
            (&"01ab".repeat(16), E::NotRandom),
        ] {
            assert_eq!(MasterKey::from_text(text).unwrap_err(), error, "{text}");
        }
    }

    #[test]
    fn a_generated_key_is_new_and_reads_back() {
        let (one, two) = (MasterKey::generate().unwrap(), MasterKey::generate().unwrap());
        assert_ne!(one.expose(), two.expose());
        assert_eq!(MasterKey::from_text(&one.expose_text()).unwrap().expose(), one.expose());
    }

    #[test]
    fn it_does_not_print() {
        let key = MasterKey::from_text(HEX).unwrap();
        assert_eq!(format!("{key:?}"), "MasterKey(redacted)");
    }
}
