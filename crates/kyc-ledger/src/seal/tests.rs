//! Sealed tokens open for their owner alone, and their bytes never change.

use jiff::Timestamp;
use kyc_core::{AuthToken, DigitCode, RedirectUrl, ScanRef};
use proptest::prelude::*;

use super::*;
use crate::keys::tests::{keys, ring};

const OWNER: Owner<'static> = Owner { session: "01930000000070008000000000000001", caller: "shop" };

fn token(digit_code: Option<&str>) -> IssuedToken {
    IssuedToken {
        auth_token: AuthToken::new("token-1").unwrap(),
        redirect_url: RedirectUrl::new("https://ivs.idenfy.com/api/v2/redirect?authToken=token-1").unwrap(),
        scan_ref: ScanRef::new("s-1").unwrap(),
        expires_at: Timestamp::from_millisecond(1_800_000_000_123).unwrap(),
        digit_code: digit_code.map(|code| DigitCode::new(code).unwrap()),
    }
}

fn sealed() -> Sealed {
    seal(&keys("2026-11", 0), OWNER, &token(Some("12345678"))).unwrap()
}

fn exposed(token: &IssuedToken) -> (&str, &str, &str, Timestamp, Option<&str>) {
    (
        token.auth_token.expose_secret(),
        token.redirect_url.expose_secret(),
        token.scan_ref.as_str(),
        token.expires_at,
        token.digit_code.as_ref().map(DigitCode::expose_secret),
    )
}

#[test]
fn a_token_opens_for_its_owner_as_it_was() {
    for code in [None, Some("12345678")] {
        let token = token(code);
        let sealed = seal(&keys("2026-11", 0), OWNER, &token).unwrap();
        let opened = unseal(&ring("2026-11", 0), OWNER, &sealed).unwrap();
        assert_eq!(exposed(&opened), exposed(&token));
    }
}

#[test]
fn nothing_of_the_token_is_in_the_bytes_and_none_are_the_same_twice() {
    let (one, two) = (sealed(), sealed());
    assert_ne!(one.bytes, two.bytes);
    let text = String::from_utf8_lossy(&one.bytes).into_owned();
    assert!(!text.contains("token-1") && !text.contains("12345678") && !text.contains("s-1"));
}

#[test]
fn a_token_that_was_moved_does_not_open() {
    let sealed = sealed();
    for owner in [
        Owner { session: "01930000000070008000000000000002", ..OWNER },
        Owner { caller: "shop2", ..OWNER },
        Owner { session: "01930000000070008000000000000001shop", caller: "" },
    ] {
        assert_eq!(unseal(&ring("2026-11", 0), owner, &sealed).unwrap_err(), UnsealError::Tampered);
    }
}

#[test]
fn a_missing_key_is_told_from_a_wrong_one() {
    let sealed = sealed();
    let missing = KeyMissing(KeyId::new("2026-11").unwrap());
    assert_eq!(unseal(&ring("2026-12", 0), OWNER, &sealed).unwrap_err(), missing.into());
    assert_eq!(unseal(&ring("2026-11", 1), OWNER, &sealed).unwrap_err(), UnsealError::Tampered);
    // The name of the key is bound too: the same key under another name opens nothing.
    let renamed = Sealed { key_id: KeyId::new("2026-12").unwrap(), ..sealed };
    assert_eq!(unseal(&ring("2026-12", 0), OWNER, &renamed).unwrap_err(), UnsealError::Tampered);
}

#[test]
fn a_change_of_any_bit_and_a_cut_at_any_byte_is_noticed() {
    let sealed = sealed();
    let ring = ring("2026-11", 0);
    for index in 0..sealed.bytes.len() {
        let mut changed = sealed.clone();
        changed.bytes[index] ^= 1 << (index % 8);
        assert_eq!(unseal(&ring, OWNER, &changed).unwrap_err(), UnsealError::Tampered, "byte {index}");
        changed.bytes = sealed.bytes[..index].to_vec();
        assert_eq!(unseal(&ring, OWNER, &changed).unwrap_err(), UnsealError::Tampered, "cut at {index}");
    }
}

/// Computed apart, by the XChaCha20-Poly1305 of Python's `pycryptodome`.
#[test]
fn the_bytes_never_change() {
    let sealed = seal_with(&keys("2026-11", 0), OWNER, &token(Some("12345678")), [7; NONCE]).unwrap();
    assert_eq!(sealed.key_id.as_str(), "2026-11");
    assert_eq!(
        data_encoding::HEXLOWER.encode(&sealed.bytes),
        "01070707070707070707070707070707070707070707070707e7391e009d8c4191163efb2d784e03ae2d501d600636beb41224fe29ae4179bf20c51537ee0bc6200831e3fbeae0e8ff9afde1468dc9e93f88ae27da9b34dca38612c29bd84379dcc8bb3fbe2d388e7753a86f3fbfba3f36f5a46c179b108f32fc7bea670ad55d0123f2c7af468ceb0603fcdb24c61ef852ab458159f9af0f399a25cc971a8578f1c07d"
    );
}

proptest! {
    #[test]
    fn whatever_is_read_is_no_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let sealed = Sealed { key_id: KeyId::new("2026-11").unwrap(), bytes: bytes.clone() };
        prop_assert!(unseal(&ring("2026-11", 0), OWNER, &sealed).is_err());
        let _ = plain::read(&bytes);
    }
}
