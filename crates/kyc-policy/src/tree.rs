//! The neutral form that every front end reads into: no YAML, JSON or Rust token type goes past it.

use std::borrow::Cow;

use crate::source::Loc;

/// A value with its place.
#[derive(Clone, Debug)]
pub struct Node<'t> {
    /// Where it was written.
    pub loc: Loc,
    /// What was written.
    pub kind: Kind<'t>,
}

/// What was written.
#[derive(Clone, Debug)]
pub enum Kind<'t> {
    /// A word, number or text. What it means is for the field that reads it: `NO` is Norway where a country is read.
    Scalar(Scalar<'t>),
    /// A list.
    List(Vec<Node<'t>>),
    /// A map, in written order; keys may repeat.
    Map(Vec<Entry<'t>>),
    /// Something that the reader refused and reported; nothing more is said about it.
    Refused,
}

/// A word, number or text.
#[derive(Clone, Debug)]
pub struct Scalar<'t> {
    /// The text without quotes and escapes.
    pub text: Cow<'t, str>,
    /// Whether it was quoted.
    pub quoted: bool,
}

/// A key of a map with its value.
#[derive(Clone, Debug)]
pub struct Entry<'t> {
    /// The key.
    pub key: Cow<'t, str>,
    /// Where the key was written.
    pub key_loc: Loc,
    /// The value.
    pub value: Node<'t>,
}

impl<'t> Node<'t> {
    /// What this is, in words for people.
    pub fn describe(&self) -> &'static str {
        match &self.kind {
            Kind::Scalar(scalar) if scalar.text.is_empty() && !scalar.quoted => "nothing",
            Kind::Scalar(_) => "a single value",
            Kind::List(_) => "a list",
            Kind::Map(_) => "a map",
            Kind::Refused => "something refused",
        }
    }

    /// The first list or map that lies within `levels` others.
    pub(crate) fn deeper_than(&self, levels: usize) -> Option<Loc> {
        let Some(inner) = levels.checked_sub(1) else {
            return matches!(self.kind, Kind::List(_) | Kind::Map(_)).then_some(self.loc);
        };
        match &self.kind {
            Kind::Scalar(_) | Kind::Refused => None,
            Kind::List(items) => items.iter().find_map(|item| item.deeper_than(inner)),
            Kind::Map(entries) => entries.iter().find_map(|entry| entry.value.deeper_than(inner)),
        }
    }

    /// The text of an unquoted or quoted scalar that is not empty.
    pub fn scalar(&self) -> Option<&Scalar<'t>> {
        match &self.kind {
            Kind::Scalar(scalar) if scalar.quoted || !scalar.text.is_empty() => Some(scalar),
            _ => None,
        }
    }

    /// Whether nothing was written.
    pub fn is_nothing(&self) -> bool {
        self.is_word("")
    }

    /// Whether this is exactly the unquoted word.
    pub fn is_word(&self, word: &str) -> bool {
        matches!(&self.kind, Kind::Scalar(scalar) if !scalar.quoted && scalar.text == word)
    }
}
