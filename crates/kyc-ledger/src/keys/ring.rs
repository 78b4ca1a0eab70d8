//! All master keys that a ledger knows.

use thiserror::Error;

use super::derived::Keys;
use super::id::KeyId;
use super::master::MasterKey;

/// The keys of a ledger, newest first: the newest is written with, every one is read with.
///
/// A key is taken out only when nothing is left that was made with it: neither sealed tokens nor idempotency keys that are
/// still replayed, nor, to verify the history, rows of it. What a missing key would have opened is not lost silently:
/// reading it is [`KeyMissing`]. What it would have *found* is not found, so whoever looks for an
/// [`IndexTag`](super::IndexTag) must ask whether there are any of a key that is not at hand, before taking "not found"
/// for an answer.
#[derive(Debug)]
pub struct KeyRing {
    newest: Keys,
    older: Vec<Keys>,
}

/// Why keys are no ring.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum KeyRingError {
    /// No key at all.
    #[error("there is no master key: at least one is needed")]
    Empty,
    /// Two keys of one name.
    #[error("two master keys are called `{0}`")]
    RepeatedId(KeyId),
    /// One key under two names: renewing it has changed nothing.
    #[error("`{0}` and `{1}` are the same master key")]
    RepeatedKey(KeyId, KeyId),
}

/// A key that something was made with is not at hand.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the master key `{0}` is missing")]
pub struct KeyMissing(pub KeyId);

impl KeyRing {
    /// Takes master keys with their names, the newest first, and derives what they are used for.
    pub fn new(masters: Vec<(KeyId, MasterKey)>) -> Result<Self, KeyRingError> {
        for (index, (id, key)) in masters.iter().enumerate() {
            for (other_id, other) in masters.iter().take(index) {
                if other_id == id {
                    return Err(KeyRingError::RepeatedId(id.clone()));
                }
                if bool::from(subtle::ConstantTimeEq::ct_eq(&other.expose()[..], &key.expose()[..])) {
                    return Err(KeyRingError::RepeatedKey(other_id.clone(), id.clone()));
                }
            }
        }
        let mut keys = masters.into_iter().map(|(id, master)| Keys::derive(id, &master));
        let newest = keys.next().ok_or(KeyRingError::Empty)?;
        Ok(Self { newest, older: keys.collect() })
    }

    /// The newest keys: everything is written with them.
    pub const fn newest(&self) -> &Keys {
        &self.newest
    }

    /// All keys, newest first.
    ///
    /// What is found by an [`IndexTag`](super::IndexTag) has to be looked for with each of them.
    pub fn all(&self) -> impl Iterator<Item = &Keys> {
        std::iter::once(&self.newest).chain(&self.older)
    }

    /// The keys of this name.
    pub fn of(&self, id: &KeyId) -> Result<&Keys, KeyMissing> {
        self.all().find(|keys| keys.id() == id).ok_or_else(|| KeyMissing(id.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{id, master};
    use super::*;

    fn ring(masters: &[(&str, u8)]) -> Result<KeyRing, KeyRingError> {
        KeyRing::new(masters.iter().map(|(name, seed)| (id(name), master(*seed))).collect())
    }

    #[test]
    fn the_first_is_written_with_and_all_are_read_with() {
        let ring = ring(&[("new", 1), ("old", 2)]).unwrap();
        assert_eq!(ring.newest().id(), &id("new"));
        assert_eq!(ring.of(&id("old")).unwrap().id(), &id("old"));
        assert_eq!(ring.all().map(Keys::id).collect::<Vec<_>>(), [&id("new"), &id("old")]);
        assert_eq!(ring.of(&id("lost")).unwrap_err(), KeyMissing(id("lost")));
    }

    #[test]
    fn what_would_not_be_a_renewal_is_refused() {
        assert_eq!(ring(&[]).unwrap_err(), KeyRingError::Empty);
        assert_eq!(ring(&[("a", 1), ("a", 2)]).unwrap_err(), KeyRingError::RepeatedId(id("a")));
        assert_eq!(ring(&[("a", 1), ("b", 1)]).unwrap_err(), KeyRingError::RepeatedKey(id("a"), id("b")));
    }
}
