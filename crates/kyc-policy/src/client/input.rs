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
    /// `true` or `false`: no field takes it, and keys that stand beside a client's data do.
    Switch(bool),
    /// Something else: no field takes it. What it was, in words.
    Other(&'static str),
}

impl InputValue {
    /// `true` or `false`, in words.
    pub(super) const SWITCH: &'static str = "true or false";
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

    /// Takes out whatever was given under `key`, in order: for a key of a caller's own that stands beside a client's data
    /// in one document.
    pub fn take(&mut self, key: &str) -> Vec<InputValue> {
        self.0.extract_if(.., |(name, _)| name == key).map(|(_, value)| value).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_taken_out_of_what_was_given_with_all_of_its_values() {
        let (mut input, mut more) = (ClientInput::default(), ClientInput::default());
        input.text("policy", "one");
        input.text("client_id", "user-1");
        more.text("policy", "two");
        input.append(more);
        let taken = input.take("policy");
        let texts: Vec<_> =
            taken.iter().map(|value| matches!(value, InputValue::Text(text) if text.len() == 3)).collect();
        assert_eq!(texts, [true, true]);
        assert_eq!(input.entries().iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), ["client_id"]);
        assert!(input.take("policy").is_empty());
    }
}
