//! Values of an answer as they pass by: what matters is taken at once, and no document of the whole is made in memory.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

/// Of one list. The vendor knows 250 countries and 36 document types.
pub(super) const MAX_LIST: usize = 500;

/// A value, as deep as anything looks into it.
pub(super) enum Seen<'de> {
    Null,
    Flag(bool),
    Number(Number),
    Text(Cow<'de, str>),
    /// `None` if it has more than [`MAX_LIST`] values.
    List(Option<Vec<Seen<'de>>>),
    Table {
        is_empty: bool,
    },
}

impl Seen<'_> {
    /// The text that it is.
    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for Seen<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Looks)
    }
}

/// Looks at whatever comes.
struct Looks;

impl<'de> Visitor<'de> for Looks {
    type Value = Seen<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Seen<'de>, E> {
        Ok(Seen::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Seen<'de>, E> {
        Ok(Seen::Flag(flag))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Seen<'de>, E> {
        Ok(Seen::Number(number.into()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Seen<'de>, E> {
        Ok(Seen::Number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Seen<'de>, E> {
        Ok(Number::from_f64(number).map_or(Seen::Null, Seen::Number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Seen<'de>, E> {
        Ok(Seen::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Seen<'de>, E> {
        Ok(Seen::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Seen<'de>, A::Error> {
        let mut list = Vec::new();
        while let Some(value) = seq.next_element()? {
            if list.len() == MAX_LIST {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                return Ok(Seen::List(None));
            }
            list.push(value);
        }
        Ok(Seen::List(Some(list)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Seen<'de>, A::Error> {
        let mut is_empty = true;
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {
            is_empty = false;
        }
        Ok(Seen::Table { is_empty })
    }
}
