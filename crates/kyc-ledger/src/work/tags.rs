//! What idempotency keys and clients' data are found by.

use chacha20poly1305::XNonce;
use chacha20poly1305::aead::{Aead as _, Payload};
use secrecy::SecretBox;
use zeroize::Zeroizing;

use crate::IdempotencyKey;
use crate::db::Database;
use crate::keys::{IndexTag, KeyId, KeyRing, Keys, Label, MasterKey};
use crate::{CallerId, OpenError};

/// Makes tags, under a random key of this ledger's own.
///
/// That key lies in the database, encrypted under every master key there is. So a tag is the same for all instances and
/// for good: a master key that is renewed or taken away changes none, and no request is ever taken for a new one because
/// the key that its tag was made with is missing.
#[derive(Debug)]
pub(crate) struct Tags(KeyRing);

const DOMAIN: &[u8] = b"kyc-tag-key/1";
const NONCE: usize = 24;

impl Tags {
    pub(crate) fn idempotency(&self, caller: &CallerId, key: &IdempotencyKey) -> IndexTag {
        self.tag(Label::IdempotencyKey, &[caller.as_str().as_bytes(), key.expose().as_bytes()])
    }

    pub(crate) fn fingerprint(&self, caller: &CallerId, data: &[u8]) -> IndexTag {
        self.tag(Label::Fingerprint, &[caller.as_str().as_bytes(), data])
    }

    fn tag(&self, label: Label, parts: &[&[u8]]) -> IndexTag {
        self.0.newest().tag(label, parts)
    }

    /// Reads the key, or makes it in a ledger that is new, and encrypts it under master keys that are.
    pub(super) async fn load(database: &mut Database, ring: &KeyRing) -> Result<Self, OpenError> {
        let rows = database.rows("SELECT key_id, sealed FROM tag_keys", &[]).await.map_err(unavailable)?;
        let mut stored = Vec::new();
        for mut row in rows {
            let key_id: KeyId = row.parsed("tag_keys.key_id").map_err(damaged)?;
            stored.push((key_id, row.bytes("tag_keys.sealed").map_err(damaged)?));
        }
        let opened = stored.iter().find_map(|(key_id, sealed)| decrypt(ring.of(key_id).ok()?, sealed));
        let key = match opened {
            Some(key) => key,
            None if stored.is_empty() => MasterKey::generate().map_err(no_randomness)?,
            None => {
                let known = stored.iter().map(|(key_id, _)| key_id.to_string()).collect();
                return Err(OpenError::WrongKeys { known });
            }
        };
        for keys in ring.all().filter(|keys| stored.iter().all(|(key_id, _)| key_id != keys.id())) {
            let sealed = encrypt(keys, &key)?;
            let insert = "INSERT INTO tag_keys (key_id, sealed) VALUES ($1, $2)";
            database
                .run(insert, &[keys.id().as_str().into(), (&*sealed).into()])
                .await
                .map_err(unavailable)?;
        }
        let name = KeyId::new("tags").map_err(|_| damaged(crate::db::Damaged("tag_keys.key_id")))?;
        let ring = KeyRing::new(vec![(name, key)]);
        ring.map(Self).map_err(|error| OpenError::Unavailable { reason: error.to_string() })
    }
}

fn encrypt(keys: &Keys, key: &MasterKey) -> Result<Vec<u8>, OpenError> {
    let mut nonce = [0; NONCE];
    getrandom::fill(&mut nonce).map_err(no_randomness)?;
    let payload = Payload { msg: key.expose(), aad: &associated(keys.id()) };
    let sealed = keys.cipher().encrypt(&XNonce::from(nonce), payload).map_err(no_randomness)?;
    Ok([&nonce[..], &sealed].concat())
}

/// The key that tags are made with, as it lies encrypted under a master key.
pub(crate) fn decrypt(keys: &Keys, sealed: &[u8]) -> Option<MasterKey> {
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
    let payload = Payload { msg: sealed, aad: &associated(keys.id()) };
    let plain = Zeroizing::new(keys.cipher().decrypt(&XNonce::from(*nonce), payload).ok()?);
    let bytes: [u8; 32] = (**plain).try_into().ok()?;
    MasterKey::new(SecretBox::new(Box::new(bytes))).ok()
}

fn associated(key: &KeyId) -> Vec<u8> {
    [DOMAIN, key.as_str().as_bytes()].concat()
}

fn unavailable(error: crate::db::DbError) -> OpenError {
    OpenError::Unavailable { reason: error.to_string() }
}

fn damaged(damaged: crate::db::Damaged) -> OpenError {
    OpenError::Ledger(damaged.into())
}

fn no_randomness(error: impl std::fmt::Display) -> OpenError {
    OpenError::Unavailable { reason: error.to_string() }
}
