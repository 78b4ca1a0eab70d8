//! Values of an answer as they pass by: what matters is taken at once, and no document of the whole is made in memory.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

/// Of one list. The vendor knows 250 countries and 36 document types.
pub(super) const MAX_LIST: usize = 500;

/// A value, as deep as anything looks into it.
pub(super) enum Seen<'j> {
    Null,
    Flag(bool),
    Number(Number),
    Text(Cow<'j, str>),
    /// `None` if it has more than [`MAX_LIST`] values.
    List(Option<Vec<Seen<'j>>>),
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

impl<'j> Deserialize<'j> for Seen<'j> {
    fn deserialize<D: Deserializer<'j>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Looks)
    }
}

/// Looks at whatever comes.
struct Looks;

impl<'j> Visitor<'j> for Looks {
    type Value = Seen<'j>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Seen<'j>, E> {
        Ok(Seen::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Seen<'j>, E> {
        Ok(Seen::Flag(flag))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Seen<'j>, E> {
        Ok(Seen::Number(number.into()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Seen<'j>, E> {
        Ok(Seen::Number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Seen<'j>, E> {
        Ok(Number::from_f64(number).map_or(Seen::Null, Seen::Number))
    }

    fn visit_borrowed_str<E>(self, text: &'j str) -> Result<Seen<'j>, E> {
        Ok(Seen::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Seen<'j>, E> {
        Ok(Seen::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'j>>(self, mut seq: A) -> Result<Seen<'j>, A::Error> {
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

    fn visit_map<A: MapAccess<'j>>(self, mut map: A) -> Result<Seen<'j>, A::Error> {
        let mut is_empty = true;
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {
            is_empty = false;
        }
        Ok(Seen::Table { is_empty })
    }
}
