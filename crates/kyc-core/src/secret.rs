//! Secrets: they never print, never serialise, and leave memory zeroed.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;

/// Why a text cannot be this secret. It never holds the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SecretError {
    /// Nothing was given.
    #[error("empty")]
    Empty,
    /// Longer than any secret of this kind.
    #[error("longer than {max} characters")]
    TooLong {
        /// The longest length that is accepted, in characters.
        max: usize,
    },
    /// It holds white space, a control character or a character outside ASCII.
    #[error("holds a character that is not printable ASCII")]
    NotPrintableAscii,
    /// It holds a colon, which ends the user name in HTTP Basic authentication (RFC 7617).
    #[error("holds a colon")]
    Colon,
}

/// Declares a secret text with its longest length in characters and whether a colon may occur.
macro_rules! secret_text {
    ($(#[$meta:meta])* $name:ident, max: $max:literal, colon: $colon:literal) => {
        $(#[$meta])*
        #[derive(Clone)]
        pub struct $name(SecretString);

        impl $name {
            /// Takes the secret, if it has the form of one.
            pub fn new(text: impl Into<String>) -> Result<Self, SecretError> {
                let text = SecretString::from(text.into());
                check(text.expose_secret(), $max, $colon)?;
                Ok(Self(text))
            }

            /// The secret itself. Whoever calls this answers for where it goes.
            pub fn expose_secret(&self) -> &str {
                self.0.expose_secret()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(redacted)"))
            }
        }
    };
}

secret_text! {
    /// The API key of an account: the user name of HTTP Basic authentication.
    ApiKey, max: 256, colon: false
}

secret_text! {
    /// The API secret of an account: the password of HTTP Basic authentication.
    ApiSecret, max: 256, colon: true
}

secret_text! {
    /// The token of one session: whoever holds it can go through that verification.
    ///
    /// The vendor documents at most 40 characters; longer ones up to 512 are taken, since it is the vendor's to change.
    AuthToken, max: 512, colon: true
}

secret_text! {
    /// The digit code that opens the session in the vendor's mobile application.
    ///
    /// The vendor documents 8 digits and shows 7 in its samples, so neither is held to: up to 32 characters are taken.
    DigitCode, max: 32, colon: true
}

secret_text! {
    /// The address that the client opens to be verified. It carries the session's token.
    RedirectUrl, max: 4096, colon: true
}

fn check(text: &str, max: usize, colon: bool) -> Result<(), SecretError> {
    if text.is_empty() {
        return Err(SecretError::Empty);
    }
    if text.len() > max {
        return Err(SecretError::TooLong { max });
    }
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(SecretError::NotPrintableAscii);
    }
    if !colon && text.contains(':') {
        return Err(SecretError::Colon);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing() {
        let key = ApiKey::new("k-very-secret").unwrap();
        assert_eq!(format!("{key:?}"), "ApiKey(redacted)");
        assert_eq!(key.expose_secret(), "k-very-secret");
    }

    #[test]
    fn malformed_secrets_are_refused_by_reason() {
        assert_eq!(ApiKey::new("").unwrap_err(), SecretError::Empty);
        assert_eq!(ApiKey::new("a:b").unwrap_err(), SecretError::Colon);
        assert!(ApiSecret::new("a:b").is_ok());
        assert_eq!(ApiSecret::new("line\n").unwrap_err(), SecretError::NotPrintableAscii);
        assert!(DigitCode::new("1".repeat(32)).is_ok());
        assert_eq!(DigitCode::new("1".repeat(33)).unwrap_err(), SecretError::TooLong { max: 32 });
    }
}
