//! HTTP Basic authentication: the API key is the user name, the API secret is the password.

use std::fmt;

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use subtle::ConstantTimeEq;

/// The key pair that the stand-in accepts.
#[derive(Clone)]
pub(crate) struct Credentials {
    key: String,
    secret: String,
}

impl Credentials {
    /// A key pair. A key with a colon can never match, since Basic authentication splits at the first one.
    pub(crate) fn new(key: impl Into<String>, secret: impl Into<String>) -> Self {
        Self { key: key.into(), secret: secret.into() }
    }

    /// Whether the request carries exactly one `Authorization` header with this key pair.
    pub(crate) fn accept(&self, headers: &HeaderMap) -> bool {
        let mut sent = headers.get_all(AUTHORIZATION).iter();
        let (Some(value), None) = (sent.next(), sent.next()) else {
            return false;
        };
        let Some((key, secret)) = value.to_str().ok().and_then(basic) else {
            return false;
        };
        // Both halves are always compared, so the time does not tell which one is wrong.
        let key = key.ct_eq(self.key.as_bytes());
        let secret = secret.ct_eq(self.secret.as_bytes());
        (key & secret).into()
    }
}

impl Default for Credentials {
    fn default() -> Self {
        Self::new("sandbox-key", "sandbox-secret")
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("key", &self.key).field("secret", &"[redacted]").finish()
    }
}

/// The two halves of a Basic header value; the scheme's case does not matter.
fn basic(value: &str) -> Option<(Vec<u8>, Vec<u8>)> {
    let (scheme, encoded) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let mut key = STANDARD.decode(encoded.trim()).ok()?;
    let colon = key.iter().position(|byte| *byte == b':')?;
    let secret = key.split_off(colon).into_iter().skip(1).collect();
    Some((key, secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts(values: &[&str]) -> bool {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(AUTHORIZATION, value.parse().unwrap());
        }
        Credentials::new("k", "s:t").accept(&headers)
    }

    #[test]
    fn only_one_exact_pair_is_accepted() {
        let good = format!("Basic {}", STANDARD.encode("k:s:t"));
        assert!(accepts(&[&good]));
        assert!(accepts(&[&good.replace("Basic", "bAsIc")]));
        assert!(!accepts(&[]));
        assert!(!accepts(&[&good, &good]));
        for wrong in ["k:s", "k:s:t ", "K:s:t", "k", ":s:t", "k:", ""] {
            assert!(!accepts(&[&format!("Basic {}", STANDARD.encode(wrong))]), "{wrong}");
        }
        assert!(!accepts(&["Bearer abc"]));
        assert!(!accepts(&["Basic %%%"]));
    }

    #[test]
    fn debug_hides_the_secret() {
        assert!(!format!("{:?}", Credentials::default()).contains("sandbox-secret"));
    }
}
