//! A client's data from JSON text. Unlike a plain JSON value it notices repeated keys, of which a parser would
//! silently keep one.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::client::{ClientInput, InputValue};

/// The largest document of one client's data, in bytes.
const MAX_BYTES: usize = 64 * 1024;

/// Why a text is not a client's data. It never holds the text.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum JsonError {
    /// Larger than 64 KiB.
    #[error("the client's data is larger than 64 KiB")]
    TooLarge,
    /// Not JSON, or not an object.
    #[error("the client's data is not a JSON object (line {line}, column {column})")]
    NotAnObject {
        /// Line of the mistake, from 1.
        line: usize,
        /// Column of the mistake, from 1.
        column: usize,
    },
}

/// Reads `{ "client_id": "…", … }`.
pub fn read_json(bytes: &[u8]) -> Result<ClientInput, JsonError> {
    if bytes.len() > MAX_BYTES {
        return Err(JsonError::TooLarge);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let Object(fields) = serde_json::from_slice(bytes)
        .map_err(|error| JsonError::NotAnObject { line: error.line(), column: error.column() })?;
    let mut input = ClientInput::default();
    for (key, value) in fields {
        input.push(key, value);
    }
    Ok(input)
}

struct Object(Vec<(String, InputValue)>);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match InputValue::deserialize(deserializer)? {
            InputValue::Map(entries) => Ok(Self(entries)),
            _ => Err(D::Error::custom("not an object")),
        }
    }
}

impl<'de> Deserialize<'de> for InputValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(InputVisitor)
    }
}

struct InputVisitor;

impl<'de> Visitor<'de> for InputVisitor {
    type Value = InputValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_str<E>(self, text: &str) -> Result<InputValue, E> {
        Ok(InputValue::Text(Zeroizing::new(text.to_owned())))
    }

    fn visit_bool<E>(self, switch: bool) -> Result<InputValue, E> {
        Ok(InputValue::Switch(switch))
    }

    fn visit_i64<E>(self, _: i64) -> Result<InputValue, E> {
        Ok(InputValue::Other("a number"))
    }

    fn visit_u64<E>(self, _: u64) -> Result<InputValue, E> {
        Ok(InputValue::Other("a number"))
    }

    fn visit_f64<E>(self, _: f64) -> Result<InputValue, E> {
        Ok(InputValue::Other("a number"))
    }

    fn visit_unit<E>(self) -> Result<InputValue, E> {
        Ok(InputValue::Other("null"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<InputValue, A::Error> {
        while items.next_element::<InputValue>()?.is_some() {}
        Ok(InputValue::Other("a list"))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<InputValue, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(InputValue::Map(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_of_64_kib_is_read_and_no_more() {
        let of = |len: usize| format!("{{{}}}", " ".repeat(len - 2));
        assert!(read_json(of(65_536).as_bytes()).is_ok());
        assert!(matches!(read_json(of(65_537).as_bytes()), Err(JsonError::TooLarge)));
    }
}
