//! Whether the fields of a request are as a case wants them.

use serde_json::{Number, Value};

use crate::model::Want;

impl Want {
    /// Whether `value` is what is wanted: of lists every entry in any order, of maps the entries that are named.
    pub(crate) fn is_met_by(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Text { text, .. }, Value::String(value)) => text == value,
            (Self::Text { text, quoted: false }, Value::Bool(value)) => text.parse() == Ok(*value),
            (Self::Text { text, quoted: false }, Value::Number(value)) => {
                text.parse::<Number>().is_ok_and(|number| number == *value)
            }
            // `none` of a policy is null on the wire.
            (Self::Text { text, quoted: false }, Value::Null) => text == "null",
            (Self::List(wanted), Value::Array(values)) => {
                let mut left: Vec<&Value> = values.iter().collect();
                wanted.len() == values.len()
                    && wanted.iter().all(|want| {
                        let found = left.iter().position(|value| want.is_met_by(value));
                        found.map(|index| left.swap_remove(index)).is_some()
                    })
            }
            (Self::Map(wanted), Value::Object(values)) => {
                wanted.iter().all(|(key, want)| values.get(key).is_some_and(|value| want.is_met_by(value)))
            }
            _ => false,
        }
    }

    /// As people read it.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Text { text, .. } => text.clone(),
            Self::List(wants) => {
                format!("[{}]", wants.iter().map(Self::shown).collect::<Vec<_>>().join(", "))
            }
            Self::Map(wants) => {
                let entry = |(key, want): &(String, Self)| format!("{key}: {}", want.shown());
                format!("{{ {} }}", wants.iter().map(entry).collect::<Vec<_>>().join(", "))
            }
        }
    }
}

/// A value of a request as people read it, in the form of a case.
pub(crate) fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => format!("[{}]", values.iter().map(shown).collect::<Vec<_>>().join(", ")),
        Value::Object(values) => {
            let entry = |(key, value): (&String, &Value)| format!("{key}: {}", shown(value));
            format!("{{ {} }}", values.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn text(text: &str) -> Want {
        Want::Text { text: text.to_owned(), quoted: false }
    }

    #[test]
    fn lists_have_no_order_maps_may_have_more_and_quotes_make_texts() {
        let quoted = Want::Text { text: "18".to_owned(), quoted: true };
        let list = |words: &[&str]| Want::List(words.iter().map(|word| text(word)).collect());
        let map = Want::Map(vec![("a".to_owned(), text("1"))]);
        for (want, value, is_met) in [
            (&text("18"), json!(18), true),
            (&text("18"), json!("18"), true),
            (&quoted, json!(18), false),
            (&quoted, json!("18"), true),
            (&text("true"), json!(true), true),
            (&text("true"), json!(false), false),
            (&text("LT"), json!(["LT"]), false),
            (&text("null"), json!(null), true),
            (&text("null"), json!(0), false),
            (&list(&["A", "B"]), json!(["B", "A"]), true),
            (&list(&["A", "B"]), json!(["A"]), false),
            (&list(&["A", "A"]), json!(["A", "B"]), false),
            (&list(&["A"]), json!(["A", "A"]), false),
            (&map, json!({ "a": 1, "b": 2 }), true),
            (&map, json!({ "b": 1 }), false),
            (&map, json!(1), false),
        ] {
            assert_eq!(want.is_met_by(&value), is_met, "{want:?} {value}");
        }
        assert_eq!(shown(&json!({ "a": ["x", 1, true] })), "{ a: [x, 1, true] }");
    }
}
