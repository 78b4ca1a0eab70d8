//! The bytes of a token before they are encrypted.
//!
//! Each field with its length, in a fixed order: no text of a secret is copied into a growing buffer, and none is left in
//! memory.

use jiff::Timestamp;
use kyc_core::{AuthToken, DigitCode, RedirectUrl, ScanRef};
use zeroize::Zeroizing;

use crate::keys::framed;
use crate::token::IssuedToken;

/// The token's bytes.
pub(super) fn write(token: &IssuedToken) -> Zeroizing<Vec<u8>> {
    let expires_at = token.expires_at.as_millisecond().to_be_bytes();
    let parts = [
        token.auth_token.expose_secret().as_bytes(),
        token.redirect_url.expose_secret().as_bytes(),
        token.scan_ref.as_str().as_bytes(),
        &expires_at,
        // No code is empty, so that an empty one says that there is none.
        token.digit_code.as_ref().map_or("", DigitCode::expose_secret).as_bytes(),
    ];
    let mut bytes = Zeroizing::new(Vec::with_capacity(parts.iter().map(|part| part.len() + 8).sum()));
    for part in parts {
        bytes.extend_from_slice(&framed(part));
        bytes.extend_from_slice(part);
    }
    bytes
}

/// The token that was written so.
pub(super) fn read(mut bytes: &[u8]) -> Option<IssuedToken> {
    let auth_token = AuthToken::new(text(&mut bytes)?).ok()?;
    let redirect_url = RedirectUrl::new(text(&mut bytes)?).ok()?;
    let scan_ref = ScanRef::new(text(&mut bytes)?).ok()?;
    let expires_at = i64::from_be_bytes(part(&mut bytes)?.try_into().ok()?);
    let expires_at = Timestamp::from_millisecond(expires_at).ok()?;
    let digit_code = match text(&mut bytes)? {
        "" => None,
        code => Some(DigitCode::new(code).ok()?),
    };
    bytes.is_empty().then_some(IssuedToken { auth_token, redirect_url, scan_ref, expires_at, digit_code })
}

fn text<'a>(bytes: &mut &'a [u8]) -> Option<&'a str> {
    std::str::from_utf8(part(bytes)?).ok()
}

/// Takes the next part off the front.
fn part<'a>(bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, rest) = bytes.split_first_chunk()?;
    let length = usize::try_from(u64::from_be_bytes(*length)).ok()?;
    let (part, rest) = rest.split_at_checked(length)?;
    *bytes = rest;
    Some(part)
}
