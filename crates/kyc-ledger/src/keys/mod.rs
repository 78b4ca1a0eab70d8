//! Keys: few master keys outside the database, and what is derived of each for one purpose alone.

mod derived;
mod id;
mod master;
mod ring;

pub(crate) use derived::{Authenticator, framed};
pub use derived::{IndexTag, Keys, Label};
pub use id::{KeyId, MalformedKeyId};
pub use master::{MasterKey, MasterKeyError};
pub use ring::{KeyMissing, KeyRing, KeyRingError};

#[cfg(test)]
pub(crate) mod tests {
    //! Keys for tests: bytes that count up from a seed.

    use secrecy::SecretBox;

    use super::{KeyId, KeyRing, Keys, MasterKey};

    pub(crate) fn id(text: &str) -> KeyId {
        KeyId::new(text).unwrap()
    }

    pub(crate) fn master(seed: u8) -> MasterKey {
        let bytes = std::array::from_fn(|index| seed.wrapping_add(u8::try_from(index).unwrap()));
        MasterKey::new(SecretBox::new(Box::new(bytes))).unwrap()
    }

    pub(crate) fn keys(name: &str, seed: u8) -> Keys {
        Keys::derive(id(name), &master(seed))
    }

    pub(crate) fn ring(name: &str, seed: u8) -> KeyRing {
        KeyRing::new(vec![(id(name), master(seed))]).unwrap()
    }
}
