//! The client's data of a case.

use kyc_policy::tree::{Kind, Node};
use kyc_policy::{ClientField, ClientInput, InputValue};

use super::File;

/// A client's data, field by field.
#[derive(Clone, Default)]
pub(super) struct ClientValues(Vec<(ClientField, InputValue)>);

impl ClientValues {
    pub(super) fn set(&mut self, field: ClientField, value: InputValue) {
        self.remove(field);
        self.0.push((field, value));
    }

    pub(super) fn remove(&mut self, field: ClientField) {
        self.0.retain(|(of, _)| *of != field);
    }

    pub(super) fn replace(&mut self, other: &Self) {
        for (field, value) in &other.0 {
            self.set(*field, value.clone());
        }
    }
}

impl From<ClientValues> for ClientInput {
    fn from(values: ClientValues) -> Self {
        let mut input = Self::default();
        for (field, value) in values.0 {
            input.push(field.as_str().to_owned(), value);
        }
        input
    }
}

impl File<'_, '_> {
    pub(super) fn client(&mut self, node: &Node<'_>, key: &str) -> ClientValues {
        let mut values = ClientValues::default();
        let known = ClientField::ALL.iter().map(|field| field.as_str());
        if let Some(section) = self.reader.keys(node, key, known) {
            for entry in section.iter() {
                if let Some(field) = ClientField::from_word(&entry.key) {
                    values.set(field, value(&entry.value));
                }
            }
        }
        values
    }
}

/// A value as it would arrive in JSON. Whether its field takes it is for the field to say.
pub(super) fn value(node: &Node<'_>) -> InputValue {
    match &node.kind {
        Kind::Scalar(_) if node.is_nothing() => InputValue::Other("null"),
        Kind::Scalar(scalar) => InputValue::Text(scalar.text.to_string().into()),
        Kind::List(_) => InputValue::Other("a list"),
        Kind::Map(entries) => InputValue::Map(
            entries.iter().map(|entry| (entry.key.to_string(), value(&entry.value))).collect(),
        ),
        Kind::Refused => InputValue::Other("something refused"),
    }
}
