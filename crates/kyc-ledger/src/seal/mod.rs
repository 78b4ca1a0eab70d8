//! Tokens at rest: encrypted, and bound to the session and the caller that they were issued for.
//!
//! XChaCha20-Poly1305 under the derived key `seal`, with a random nonce. The associated data holds the session, the caller
//! and the name of the key, so that a token which was moved to another row does not open.

mod plain;

use chacha20poly1305::XNonce;
use chacha20poly1305::aead::{Aead as _, Payload};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::keys::{KeyId, KeyMissing, KeyRing, Keys, framed};
use crate::token::IssuedToken;

/// The layout of the bytes: it comes first in them, and is authenticated.
const VERSION: u8 = 1;
const DOMAIN: &[u8] = b"kyc-seal/1";
const NONCE: usize = 24;

/// Whom a sealed token belongs to. It opens for nobody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner<'a> {
    /// The session, in its text form.
    pub session: &'a str,
    /// The caller, in its text form.
    pub caller: &'a str,
}

/// A token that was encrypted, as it lies in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// The key that opens it.
    pub key_id: KeyId,
    /// Version, nonce and ciphertext.
    pub bytes: Vec<u8>,
}

/// Why a token was not encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SealError {
    /// The system has no randomness for the nonce.
    #[error("the system gives no random bytes")]
    NoRandomness,
    /// The cipher refuses, which it does for texts of more than 256 GiB only.
    #[error("the cipher refuses the token")]
    Cipher,
}

/// Why a sealed token does not open.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum UnsealError {
    /// The key that it was sealed with is not at hand. The token is not lost: with the key it opens.
    #[error(transparent)]
    KeyMissing(#[from] KeyMissing),
    /// The bytes were changed, were moved from another session or caller, or another key has the name of theirs.
    #[error(
        "the sealed token was changed, was moved from another session, or its key is another one of that name"
    )]
    Tampered,
}

/// Encrypts a token for its owner.
pub fn seal(keys: &Keys, owner: Owner<'_>, token: &IssuedToken) -> Result<Sealed, SealError> {
    let mut nonce = [0; NONCE];
    getrandom::fill(&mut nonce).map_err(|_| SealError::NoRandomness)?;
    seal_with(keys, owner, token, nonce)
}

/// Decrypts a token of its owner.
pub fn unseal(ring: &KeyRing, owner: Owner<'_>, sealed: &Sealed) -> Result<IssuedToken, UnsealError> {
    let keys = ring.of(&sealed.key_id)?;
    let (version, rest) = sealed.bytes.split_first().ok_or(UnsealError::Tampered)?;
    let (nonce, ciphertext) = rest.split_first_chunk::<NONCE>().ok_or(UnsealError::Tampered)?;
    if *version != VERSION {
        return Err(UnsealError::Tampered);
    }
    let payload = Payload { msg: ciphertext, aad: &associated(keys.id(), owner) };
    let plain = keys.cipher().decrypt(&XNonce::from(*nonce), payload).map_err(|_| UnsealError::Tampered)?;
    plain::read(&Zeroizing::new(plain)).ok_or(UnsealError::Tampered)
}

fn seal_with(
    keys: &Keys,
    owner: Owner<'_>,
    token: &IssuedToken,
    nonce: [u8; NONCE],
) -> Result<Sealed, SealError> {
    let plain = plain::write(token);
    let payload = Payload { msg: &plain, aad: &associated(keys.id(), owner) };
    let ciphertext = keys.cipher().encrypt(&XNonce::from(nonce), payload).map_err(|_| SealError::Cipher)?;
    let bytes = [&[VERSION][..], &nonce, &ciphertext].concat();
    Ok(Sealed { key_id: keys.id().clone(), bytes })
}

/// What must be the same when the token is opened.
fn associated(key: &KeyId, owner: Owner<'_>) -> Vec<u8> {
    [DOMAIN, &[VERSION], owner.session.as_bytes(), owner.caller.as_bytes(), key.as_str().as_bytes()]
        .into_iter()
        .flat_map(|part| [&framed(part)[..], part].concat())
        .collect()
}

#[cfg(test)]
mod tests;
