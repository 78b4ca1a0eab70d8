//! HTTP Basic authentication (RFC 7617).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use kyc_core::{ApiKey, ApiSecret};
use reqwest::header::{HeaderValue, InvalidHeaderValue};
use zeroize::Zeroizing;

/// The value of the `Authorization` header, marked sensitive: it does not print and is not put into HTTP/2's tables.
pub(crate) fn basic(key: &ApiKey, secret: &ApiSecret) -> Result<HeaderValue, InvalidHeaderValue> {
    // Capacities are given, so that no buffer grows and leaves a copy behind. All are zeroed, the header's included.
    let (key, secret) = (key.expose_secret(), secret.expose_secret());
    let mut pair = Zeroizing::new(String::with_capacity(key.len() + 1 + secret.len()));
    pair.push_str(key);
    pair.push(':');
    pair.push_str(secret);
    let mut value = Zeroizing::new(String::with_capacity("Basic ".len() + (pair.len() / 3 + 1) * 4));
    value.push_str("Basic ");
    STANDARD.encode_string(pair.as_bytes(), &mut value);
    let owned = Zeroizing::new(std::mem::take(&mut *value).into_bytes());
    let mut header = HeaderValue::from_maybe_shared(Bytes::from_owner(owned))?;
    header.set_sensitive(true);
    Ok(header)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_pair_in_base64_and_does_not_print() {
        // The example of RFC 7617, section 2.
        let key = ApiKey::new("Aladdin").unwrap();
        let header = basic(&key, &ApiSecret::new("opensesame").unwrap()).unwrap();
        assert_eq!(header.as_bytes(), b"Basic QWxhZGRpbjpvcGVuc2VzYW1l");
        assert_eq!(format!("{header:?}"), "Sensitive");
    }

    #[test]
    fn the_secret_may_hold_a_colon() {
        let header = basic(&ApiKey::new("k").unwrap(), &ApiSecret::new("a:b").unwrap()).unwrap();
        assert_eq!(header.as_bytes(), b"Basic azphOmI=");
    }
}
