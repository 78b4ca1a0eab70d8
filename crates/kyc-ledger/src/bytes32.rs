//! Values of 32 bytes that are compared in constant time and written as 64 hexadecimal digits.

use thiserror::Error;

/// The text or the bytes are not a value of this kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not 32 bytes, written as 64 lower-case hexadecimal digits")]
pub struct Malformed32;

/// Declares such a value. None of them is a secret; constant time is for those that somebody might try to guess.
macro_rules! bytes32 {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy)]
        pub struct $name([u8; 32]);

        impl $name {
            /// Takes the bytes.
            pub const fn new(bytes: [u8; 32]) -> Self {
                Self(bytes)
            }

            /// The bytes.
            pub const fn as_bytes(&self) -> &[u8; 32] {
                &self.0
            }
        }

        impl TryFrom<&[u8]> for $name {
            type Error = $crate::bytes32::Malformed32;

            fn try_from(bytes: &[u8]) -> Result<Self, Self::Error> {
                bytes.try_into().map(Self).map_err(|_| $crate::bytes32::Malformed32)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::bytes32::Malformed32;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let bytes = data_encoding::HEXLOWER.decode(text.as_bytes());
                Self::try_from(&*bytes.map_err(|_| $crate::bytes32::Malformed32)?)
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                subtle::ConstantTimeEq::ct_eq(&self.0[..], &other.0[..]).into()
            }
        }

        impl Eq for $name {}

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&data_encoding::HEXLOWER.encode(&self.0))
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(self, f)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

pub(crate) use bytes32;

#[cfg(test)]
mod tests {
    use super::Malformed32;
    use crate::history::Mac as Example;

    #[test]
    fn it_is_read_as_it_is_written_and_nothing_else_is() {
        let text = "00ff".repeat(16);
        let value: Example = text.parse().unwrap();
        assert_eq!(value.to_string(), text);
        assert_eq!(Example::try_from(&value.as_bytes()[..]), Ok(value));
        assert_eq!(serde_json::from_value::<Example>(serde_json::json!(text)).unwrap(), value);
        assert_eq!(serde_json::to_value(value).unwrap(), text);
        for wrong in ["", "00", &"00FF".repeat(16), &"00ff".repeat(17), &"zz".repeat(32)] {
            assert_eq!(wrong.parse::<Example>(), Err(Malformed32), "{wrong}");
        }
        assert_ne!(value, Example::new([0; 32]));
    }
}
