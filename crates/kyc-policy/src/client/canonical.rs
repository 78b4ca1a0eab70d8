//! The canonical form of a client's data: the same for everybody who says the same.

use zeroize::Zeroizing;

use super::{ClientInput, InputValue};

impl ClientInput {
    /// The fields as JSON in canonical form (RFC 8785): no white space, the keys of every object sorted, fields that
    /// are null left out, since that says as much as leaving them out. It does not depend on the order in which the
    /// fields were given.
    ///
    /// Two inputs that [`Client::read`](super::Client::read) takes without a problem have the same form exactly if they
    /// give the same texts to the same fields. Values that no field takes are kept by their kind alone, and repeated
    /// keys in their order.
    ///
    /// It is personal data, and zeroed when dropped.
    pub fn canonical(&self) -> Zeroizing<Vec<u8>> {
        // The final capacity at once: a growing vector would leave copies behind.
        let mut out = Zeroizing::new(Vec::with_capacity(map_bound(self.entries())));
        write_map(&mut out, self.entries());
        out
    }
}

/// At least the length of the map's form.
fn map_bound(entries: &[(String, InputValue)]) -> usize {
    let entry = |(key, value): &(String, InputValue)| text_bound(key) + ":,".len() + bound(value);
    "{}".len() + entries.iter().map(entry).sum::<usize>()
}

fn bound(value: &InputValue) -> usize {
    match value {
        InputValue::Text(text) => text_bound(text),
        InputValue::Map(entries) => map_bound(entries),
        InputValue::Switch(_) => "[]".len() + text_bound(InputValue::SWITCH),
        InputValue::Other(kind) => "[]".len() + text_bound(kind),
    }
}

/// The longest escape, `\u001f`, makes six bytes of one.
const fn text_bound(text: &str) -> usize {
    6 * text.len() + "\"\"".len()
}

fn write_map(out: &mut Vec<u8>, entries: &[(String, InputValue)]) {
    let is_said = |entry: &&(String, InputValue)| !matches!(entry.1, InputValue::Other("null"));
    let mut sorted: Vec<_> = entries.iter().filter(is_said).collect();
    // RFC 8785 compares UTF-16 code units. The sort is stable.
    sorted.sort_by(|(one, _), (other, _)| one.encode_utf16().cmp(other.encode_utf16()));
    out.push(b'{');
    for (index, (key, value)) in sorted.into_iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write_text(out, key);
        out.push(b':');
        match value {
            InputValue::Text(text) => write_text(out, text),
            InputValue::Map(entries) => write_map(out, entries),
            InputValue::Switch(_) => write_kind(out, InputValue::SWITCH),
            InputValue::Other(kind) => write_kind(out, kind),
        }
    }
    out.push(b'}');
}

/// In a list, so that it is no text that says the same.
fn write_kind(out: &mut Vec<u8>, kind: &str) {
    out.push(b'[');
    write_text(out, kind);
    out.push(b']');
}

/// `serde_json` escapes what RFC 8785 escapes, and as it does.
fn write_text(out: &mut Vec<u8>, text: &str) {
    let written = serde_json::to_writer(&mut *out, text);
    debug_assert!(written.is_ok(), "writing JSON to memory cannot fail");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;
    use crate::client::Client;
    use crate::read_json;

    fn canonical(json: &str) -> String {
        let input = read_json(json.as_bytes()).unwrap();
        String::from_utf8(input.canonical().to_vec()).unwrap()
    }

    #[test]
    fn order_white_space_and_nulls_say_nothing() {
        let expected = r#"{"client_id":"u-1","last_name":"Ž\"\n","step_data":{"A":{"x":"1","y":"2"}}}"#;
        for json in [
            expected,
            r#" { "step_data": { "A": { "y": "2", "x": "1" } }, "last_name": "\u017d\u0022\u000A", "client_id": "u-1" }"#,
            r#"{"client_id":"u-1","locale":null,"last_name":"Ž\"\n","step_data":{"A":{"x":"1","y":"2","z":null}}}"#,
        ] {
            assert_eq!(canonical(json), expected);
        }
    }

    #[test]
    fn what_differs_has_another_form() {
        let forms = [
            r#"{"client_id":"u-1"}"#,
            r#"{"client_id":"u-2"}"#,
            r#"{"client_id":"u-1 "}"#,
            r#"{"client_id":"U-1"}"#,
            r#"{"external_ref":"u-1"}"#,
            r#"{"client_id":"u-1","external_ref":"u-1"}"#,
            r#"{"client_id":true}"#,
            r#"{"client_id":"true or false"}"#,
            r#"{"client_id":1}"#,
            r#"{"client_id":[]}"#,
            r#"{"client_id":{"client_id":"u-1"}}"#,
            r#"{"client_id":"u-1\",\"external_ref\":\"u-1"}"#,
            "{}",
        ]
        .map(canonical);
        let distinct: std::collections::BTreeSet<_> = forms.iter().collect();
        assert_eq!(distinct.len(), forms.len());
    }

    #[test]
    fn keys_are_sorted_by_utf_16() {
        // By code points it would be the other way round.
        assert_eq!(
            canonical("{\"\u{ffff}\":\"2\",\"\u{10000}\":\"1\"}"),
            "{\"\u{10000}\":\"1\",\"\u{ffff}\":\"2\"}"
        );
    }

    fn fields() -> impl Strategy<Value = Vec<(String, Option<String>)>> {
        prop::collection::btree_map("[a-d\\PC]{1,3}", prop::option::of(".{0,4}"), 0..6)
            .prop_map(|map| map.into_iter().collect())
    }

    fn input(fields: &[(String, Option<String>)]) -> ClientInput {
        let mut input = ClientInput::default();
        for (key, value) in fields {
            match value {
                Some(text) => input.text(key, text),
                None => input.push(key.clone(), InputValue::Other("null")),
            }
        }
        input
    }

    proptest! {
        #[test]
        fn it_does_not_depend_on_the_order(fields in fields(), seed: u64) {
            let mut shuffled = fields.clone();
            let mix = |text: &str| text.bytes().fold(seed, |sum, byte| sum.rotate_left(7) ^ u64::from(byte));
            shuffled.sort_by_key(|(key, _)| mix(key));
            prop_assert_eq!(input(&fields).canonical(), input(&shuffled).canonical());
        }

        #[test]
        fn it_does_not_depend_on_fields_without_a_value(fields in fields()) {
            let said: Vec<_> = fields.iter().filter(|(_, value)| value.is_some()).cloned().collect();
            prop_assert_eq!(input(&fields).canonical(), input(&said).canonical());
        }

        #[test]
        fn it_is_json_that_says_the_same_and_its_own_form(fields in fields()) {
            let form = input(&fields).canonical();
            let read: Value = serde_json::from_slice(&form).unwrap();
            let said = fields.iter().filter_map(|(key, value)| Some((key.clone(), value.clone()?)));
            prop_assert_eq!(read, Value::Object(said.map(|(key, text)| (key, text.into())).collect()));
            prop_assert_eq!(read_json(&form).unwrap().canonical(), form.clone());
            prop_assert!(form.len() <= map_bound(input(&fields).entries()));
        }
    }

    #[test]
    fn data_that_reads_alike_has_one_form() {
        let given = r#"{"locale":null,"last_name":"Doe","client_id":"u-1"}"#;
        let client = Client::read(&read_json(given.as_bytes()).unwrap());
        assert!(client.problems.into_sorted().is_empty());
        assert_eq!(canonical(given), r#"{"client_id":"u-1","last_name":"Doe"}"#);
    }

    /// A vector that grows leaves what it held behind, without zeroes.
    #[test]
    fn the_form_never_outgrows_its_first_place() {
        let escapes = "\u{1f}".repeat(40);
        let mut inner = ClientInput::default();
        inner.text("", "");
        inner.text(escapes.clone(), escapes.clone());
        for value in [
            InputValue::Text(String::new().into()),
            InputValue::Text(escapes.clone().into()),
            InputValue::Switch(true),
            InputValue::Other("a list"),
            InputValue::Map(Vec::new()),
            InputValue::Map(inner.entries().to_vec()),
        ] {
            for keys in [&[][..], &[""], &[&escapes], &["a", "b", "c", "d", "e", "f", "g", "h"]] {
                let mut input = ClientInput::default();
                for key in keys {
                    input.push((*key).to_owned(), value.clone());
                }
                assert_eq!(input.canonical().capacity(), map_bound(input.entries()), "{} keys", keys.len());
            }
        }
    }
}
