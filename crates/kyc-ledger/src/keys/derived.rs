//! Keys derived of one master key, each for one purpose.
//!
//! HKDF-SHA256 (RFC 5869) under the salt `kyc-ledger/1`, with the purpose as its info: whoever learns one of them learns
//! nothing of the others. Labels and framing are part of what is stored and never change.

use std::fmt;

use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305};
use hkdf::Hkdf;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::id::KeyId;
use super::master::MasterKey;
use crate::bytes32::bytes32;

const SALT: &[u8] = b"kyc-ledger/1";

bytes32! {
    /// What stands for a value that must be found again without being stored, such as an idempotency key.
    ///
    /// It is an HMAC, so whoever lacks the key can neither read the value nor try values.
    IndexTag
}

/// What an [`IndexTag`] is made of, so that no tag of one kind can be one of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Label {
    /// An idempotency key, of its caller.
    IdempotencyKey,
    /// The data of one request, under its policy's name: tells whether the same key came with the same body.
    Fingerprint,
    /// The data of one client, with the policy's digest: finds an open session that may be used again.
    ClientData,
}

impl Label {
    const fn text(self) -> &'static str {
        match self {
            Self::IdempotencyKey => "idempotency-key",
            Self::Fingerprint => "fingerprint",
            Self::ClientData => "client-data",
        }
    }
}

/// The keys derived of one master key.
pub struct Keys {
    id: KeyId,
    history: DerivedKey,
    seal: DerivedKey,
    index: DerivedKey,
    fingerprint: DerivedKey,
    check: [u8; 8],
}

/// A derived key; zeroed when dropped.
type DerivedKey = Zeroizing<[u8; 32]>;

impl Keys {
    /// Derives all keys of one master key.
    pub(super) fn derive(id: KeyId, master: &MasterKey) -> Self {
        let hkdf = Hkdf::<Sha256>::new(Some(SALT), master.expose());
        let check = *expand::<8>(&hkdf, b"check");
        Self {
            id,
            history: expand(&hkdf, b"history"),
            seal: expand(&hkdf, b"seal"),
            index: expand(&hkdf, b"index"),
            fingerprint: expand(&hkdf, b"fingerprint"),
            check,
        }
    }

    /// The name of the master key.
    pub const fn id(&self) -> &KeyId {
        &self.id
    }

    /// 16 hexadecimal digits that tell this key from another one of the same name. They help nobody to guess it.
    pub fn check(&self) -> String {
        data_encoding::HEXLOWER.encode(&self.check)
    }

    /// The tag of a value: of `parts` in their order, each with its length, so that `a`, `bc` is not `ab`, `c`.
    pub fn tag(&self, label: Label, parts: &[&[u8]]) -> IndexTag {
        let key = match label {
            Label::IdempotencyKey => &self.index,
            Label::Fingerprint | Label::ClientData => &self.fingerprint,
        };
        let framed = [label.text().as_bytes()].into_iter().chain(parts.iter().copied());
        IndexTag::new(framed_mac(key, framed))
    }

    /// What authenticates rows of the history.
    pub(crate) fn history(&self) -> Authenticator {
        Authenticator::new(&self.history)
    }

    /// What seals tokens.
    pub(crate) fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.seal).into())
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys").field("id", &self.id).finish_non_exhaustive()
    }
}

/// HMAC-SHA256 over parts, each preceded by its length: no two lists of parts give the same bytes.
#[derive(Clone)]
pub(crate) struct Authenticator(Hmac<Sha256>);

impl Authenticator {
    pub(crate) fn new(key: &[u8; 32]) -> Self {
        // HMAC fills keys up with zeros to the block of its hash, so this is the same as the key itself.
        let mut block = Zeroizing::new([0; 64]);
        if let Some(start) = block.first_chunk_mut() {
            *start = *key;
        }
        Self(Hmac::new((&*block).into()))
    }

    /// Takes one more part.
    pub(crate) fn part(mut self, bytes: &[u8]) -> Self {
        self.0.update(&framed(bytes));
        self.0.update(bytes);
        self
    }

    pub(crate) fn finish(self) -> [u8; 32] {
        self.0.finalize().into_bytes().into()
    }
}

/// What precedes a part: its length, in 8 bytes, the highest first.
pub(crate) fn framed(part: &[u8]) -> [u8; 8] {
    (part.len() as u64).to_be_bytes()
}

fn framed_mac<'a>(key: &[u8; 32], parts: impl Iterator<Item = &'a [u8]>) -> [u8; 32] {
    parts.fold(Authenticator::new(key), Authenticator::part).finish()
}

#[expect(
    clippy::expect_used,
    reason = "HKDF-SHA256 gives up to 8160 bytes, and no key here has more than 32"
)]
fn expand<const N: usize>(hkdf: &Hkdf<Sha256>, info: &[u8]) -> Zeroizing<[u8; N]> {
    let mut key = Zeroizing::new([0; N]);
    hkdf.expand(info, &mut *key).expect("at most 8160 bytes are asked for");
    key
}

#[cfg(test)]
mod tests {
    use super::super::tests::keys;
    use super::*;

    fn hex(key: &[u8]) -> String {
        data_encoding::HEXLOWER.encode(key)
    }

    /// Computed apart, by the `hkdf` of Python's `cryptography` package.
    #[test]
    fn what_is_derived_never_changes() {
        let keys = keys("2026-11", 0);
        for (key, golden) in [
            (&keys.history, "ffafaf6039a8ef32b9933dd36c34aebff737b7e1ee72cb6f5ed3004a6c541d5b"),
            (&keys.seal, "7b8d190ac6a0d56c73916c0a46067d4ecfac6ee22a489b461578ab0f09ebca15"),
            (&keys.index, "daae160790f4486dd13608a60caaedd312f023b5a4c12c691bb9f3419fcf99ee"),
            (&keys.fingerprint, "267691e7c80fa47960f6f0985e0b399f647caa0077600c86326ec614cbfecdb6"),
        ] {
            assert_eq!(hex(&**key), golden);
        }
        assert_eq!(keys.check(), "85dce066308c3e6a");
    }

    /// Computed apart, by Python's `hmac`.
    #[test]
    fn tags_never_change() {
        let keys = keys("2026-11", 0);
        for (label, golden) in [
            (Label::IdempotencyKey, "832cbfecdc5858ac4029a8a4f4e89c46cde32e8967b9a4d20e4c7d6265cf7e70"),
            (Label::Fingerprint, "70861f596bff24aadeef7072ba7a33575eb189941ce30d1ab9c1dee8428c94b6"),
            (Label::ClientData, "be97567f8811ca4a4e7ef50b7d51cd9c0dcbb6b6b4d3d2f4d3880fd4a2f9c097"),
        ] {
            assert_eq!(keys.tag(label, &[b"shop", b"order-1"]).to_string(), golden, "{label:?}");
        }
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        let keys = keys("2026-11", 0);
        let tag = |parts: &[&[u8]]| keys.tag(Label::IdempotencyKey, parts);
        assert_ne!(tag(&[b"a", b"bc"]), tag(&[b"ab", b"c"]));
        assert_ne!(tag(&[b"a"]), tag(&[b"a", b""]));
        assert_eq!(tag(&[b"a", b"bc"]), tag(&[b"a", b"bc"]));
    }

    #[test]
    fn keys_do_not_print() {
        assert_eq!(format!("{:?}", keys("2026-11", 0)), "Keys { id: \"2026-11\", .. }");
    }
}
