//! A client's data as it arrives: keys and values, nothing understood yet.

use std::fmt;

use zeroize::Zeroizing;

/// A value of a client's field as it arrives.
#[derive(Clone, PartialEq, Eq)]
pub enum InputValue {
    /// A text.
    Text(Zeroizing<String>),
    /// A map, in written order; keys may repeat.
    Map(Vec<(String, InputValue)>),
    /// Neither: no field takes it. What it was, in words.
    Other(&'static str),
}

impl fmt::Debug for InputValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InputValue(redacted)")
    }
}

/// A client's data as it arrived. It does not print.
#[derive(Clone, Default)]
pub struct ClientInput(Vec<(String, InputValue)>);

impl ClientInput {
    /// Adds a field given as text.
    pub fn text(&mut self, key: impl Into<String>, value: impl Into<String>) {
        self.push(key.into(), InputValue::Text(Zeroizing::new(value.into())));
    }

    /// Adds all fields of `other`.
    pub fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    pub(super) fn entries(&self) -> &[(String, InputValue)] {
        &self.0
    }

    /// Adds a field.
    pub fn push(&mut self, key: String, value: InputValue) {
        self.0.push((key, value));
    }
}

impl fmt::Debug for ClientInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientInput(redacted)")
    }
}
