//! Reads raw JSON and refuses what an ordinary reader hides: a key that is given twice, or is absurdly long.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::errors::{Identifier, Refusal};

/// Longest key in bytes. Each mistake below a key repeats it in its path, so a long one would fill the memory.
const MAX_KEY_BYTES: usize = 200;

/// The body as a JSON object.
pub(crate) fn read(body: &[u8]) -> Result<Value, Refusal> {
    let text = std::str::from_utf8(body)
        .map_err(|_| Refusal::body(Identifier::EncodingError, "The request body is not valid UTF-8."))?;
    let bad_key = RefCell::new(None);
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = Strict { bad_key: &bad_key }
        .deserialize(&mut reader)
        .and_then(|value| reader.end().map(|()| value))
        .map_err(|error| refusal(&error, bad_key.take()))?;
    if value.is_object() {
        Ok(value)
    } else {
        Err(Refusal::body(Identifier::JsonError, "The request body must be a JSON object."))
    }
}

/// The reader's own text may quote the body, so only its place is told.
fn refusal(error: &serde_json::Error, bad_key: Option<BadKey>) -> Refusal {
    let Some(BadKey { repeated, path }) = bad_key else {
        let place = format!("line {} column {}", error.line(), error.column());
        let message = format!("An error occurred while parsing the request body at {place}.");
        return Refusal::body(Identifier::JsonError, message);
    };
    let path: Vec<_> = path.into_iter().rev().collect();
    let field = path.join(".");
    if repeated {
        Refusal::repeated_field(field)
    } else {
        Refusal::field_must(field, &format!("have a name of at most {MAX_KEY_BYTES} bytes"))
    }
}

/// A key that ends the reading.
struct BadKey {
    /// Given twice; too long otherwise.
    repeated: bool,
    /// Innermost name first.
    path: Vec<String>,
}

/// Builds a [`Value`]; on a bad key collects the path to it on the way out.
#[derive(Clone, Copy)]
struct Strict<'a> {
    bad_key: &'a RefCell<Option<BadKey>>,
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            array.push(item);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            let repeated = object.contains_key(&key);
            if repeated || key.len() > MAX_KEY_BYTES {
                self.bad_key.replace(Some(BadKey { repeated, path: vec![key] }));
                return Err(A::Error::custom("bad key"));
            }
            match entries.next_value_seed(self) {
                Ok(value) => object.insert(key, value),
                Err(error) => {
                    if let Some(bad_key) = self.bad_key.borrow_mut().as_mut() {
                        bad_key.path.push(key);
                    }
                    return Err(error);
                }
            };
        }
        Ok(Value::Object(object))
    }
}
