//! The key that a caller shows.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use thiserror::Error;
use zeroize::Zeroizing;

use super::caller::KeyName;

/// The key that a caller shows: `kyc_`, a public name of 12 characters, `_`, and 43 characters of a secret.
///
/// The secret holds 256 random bits, so its plain hash is all that has to be kept; no salt or slow hash would add to
/// that. The beginning lets scanners for leaked secrets know it.
pub struct ApiKeyText {
    text: SecretString,
    name: KeyName,
}

/// The text cannot be a key. It never holds the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("is no key of a caller: it begins with `kyc_` and has {length} characters", length = ApiKeyText::LENGTH)]
pub struct ApiKeyError;

impl ApiKeyText {
    /// The length, in characters.
    pub const LENGTH: usize = PREFIX.len() + NAME + 1 + SECRET;

    /// A new one.
    ///
    /// # Errors
    ///
    /// The system gives no random bytes.
    pub fn generate() -> Result<Self, getrandom::Error> {
        let mut random = Zeroizing::new([0; 9 + 32]);
        getrandom::fill(&mut *random)?;
        let (name, secret) = random.split_at(9);
        // A name with a hyphen in front would be an option of a command line, and one with `_` would end early.
        let name = URL_SAFE_NO_PAD.encode(name).replace(['-', '_'], "x");
        let secret = Zeroizing::new(URL_SAFE_NO_PAD.encode(secret));
        let text = SecretString::from(format!("{PREFIX}{name}_{}", *secret));
        Ok(Self { text, name: KeyName(name) })
    }

    /// Reads what somebody shows.
    pub fn read(text: &str) -> Result<Self, ApiKeyError> {
        let is_word = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let rest = text.strip_prefix(PREFIX).ok_or(ApiKeyError)?;
        let (name, secret) = rest.split_once('_').ok_or(ApiKeyError)?;
        if text.len() != Self::LENGTH
            || name.len() != NAME
            || !is_word(name)
            || !text.is_ascii()
            || secret.is_empty()
        {
            return Err(ApiKeyError);
        }
        Ok(Self { text: SecretString::from(text), name: KeyName(name.to_owned()) })
    }

    /// The public part.
    pub const fn name(&self) -> &KeyName {
        &self.name
    }

    /// The key itself. Whoever calls this answers for where it goes.
    pub fn expose_secret(&self) -> &str {
        self.text.expose_secret()
    }

    /// What is kept of it.
    pub(crate) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.expose_secret()).into()
    }
}

const PREFIX: &str = "kyc_";
const NAME: usize = 12;
const SECRET: usize = 43;

impl fmt::Debug for ApiKeyText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ApiKeyText({}, redacted)", self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_it_was_made_and_does_not_print() {
        for _ in 0..500 {
            let key = ApiKeyText::generate().unwrap();
            let text = key.expose_secret();
            assert_eq!(text.len(), ApiKeyText::LENGTH);
            let read = ApiKeyText::read(text).unwrap();
            assert_eq!((read.name(), read.hash()), (key.name(), key.hash()));
            assert!(!format!("{key:?}").contains(text.splitn(3, '_').nth(2).unwrap()));
        }
    }

    #[test]
    fn what_cannot_be_a_key_is_refused() {
        let key = ApiKeyText::generate().unwrap();
        let text = key.expose_secret();
        let (last, long) = (text.len() - 1, format!("{text}0"));
        let cut = [text.get(1..).unwrap(), text.get(..last).unwrap(), text.get(4..).unwrap()];
        for wrong in ["", "kyc_", "kyc__", &long, &text.replace("kyc_", "abc_")].into_iter().chain(cut) {
            assert_eq!(ApiKeyText::read(wrong).unwrap_err(), ApiKeyError, "{wrong}");
        }
        assert!(ApiKeyText::read(&format!("kyc_{}_{}", "é".repeat(6), "x".repeat(43))).is_err());
    }
}
