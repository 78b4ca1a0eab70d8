//! Diagnostics for programs: an array of objects with stable keys.

use serde_json::{Value, json};

use super::in_file;
use crate::diagnostic::{Diagnostic, Place};
use crate::lints::Waived;
use crate::source::SourceMap;

/// The diagnostics as a JSON array. Lines and columns count from 1, columns count characters, the end is exclusive;
/// all four are null for a mistake that is in no file, whose `field` of the client's data (or key of the policy) is then
/// given.
pub fn to_json(sources: &SourceMap, diagnostics: &[Diagnostic]) -> Value {
    diagnostics.iter().map(|diagnostic| one(sources, diagnostic, Value::Null)).collect()
}

/// A finding that a waiver excuses, as a JSON object: that of [`to_json`], with the waiver's reason and last day in
/// `waived`.
pub fn waived_to_json(sources: &SourceMap, finding: &Waived) -> Value {
    let Waived { diagnostic, waiver } = finding;
    let excuse = json!({ "reason": waiver.reason(), "until": waiver.until().to_string() });
    one(sources, diagnostic, excuse)
}

fn one(sources: &SourceMap, diagnostic: &Diagnostic, waived: Value) -> Value {
    let related: Vec<Value> = diagnostic
        .related_places()
        .iter()
        .map(|related| with_place(sources, &related.place, json!({ "message": related.message })))
        .collect();
    let facts = json!({
        "rule": diagnostic.rule().id,
        "severity": diagnostic.severity().as_str(),
        "message": diagnostic.message(),
        "help": diagnostic.help_text(),
        "related": related,
        "waived": waived,
    });
    with_place(sources, diagnostic.place(), facts)
}

/// The client's field or the policy's key that a place outside every file names.
fn name(place: &Place) -> Option<&str> {
    match place {
        Place::Client(field) => Some(field.as_str()),
        Place::ClientKey(key) => Some(key),
        Place::Policy(key) => Some(key),
        Place::At(_) | Place::File(_) => None,
    }
}

fn with_place(sources: &SourceMap, place: &Place, mut facts: Value) -> Value {
    let found = in_file(sources, place);
    let at = found.as_ref().map(|found| found.position);
    let entries = json!({
        "file": found.as_ref().map(|found| sources.name(found.file)),
        "line": at.map(|at| at.line),
        "column": at.map(|at| at.column),
        "end_line": at.map(|at| at.end_line),
        "end_column": at.map(|at| at.end_column),
        "field": name(place),
    });
    if let (Value::Object(facts), Value::Object(entries)) = (&mut facts, entries) {
        facts.extend(entries);
    }
    facts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::{Client, ClientField, ClientInput};
    use crate::rules::{age_min_above_max, client_field_missing};
    use crate::{PolicySet, check_policy, merge};

    #[test]
    fn a_mistake_in_a_file_has_its_place_and_one_of_the_client_its_field() {
        let text = "name: a\ncountries: any\ndocuments: any\nage: { min: 30, max: 20 }\n";
        let mut sources = SourceMap::default();
        let checked = check_policy(&mut sources, "a.yaml", None, text.as_bytes(), &PolicySet::empty());
        let found = to_json(&sources, &checked.diagnostics);
        assert_eq!(found[0]["rule"], age_min_above_max::RULE.id);
        let place = ["file", "line", "column", "end_line", "end_column"].map(|key| &found[0][key]);
        assert_eq!(place, [&json!("a.yaml"), &json!(4), &json!(13), &json!(4), &json!(15)]);
        assert_eq!(found[0]["field"], Value::Null);
        assert_eq!(found[0]["related"][0]["line"], 4);

        // What cannot be read is one character wide.
        let checked = check_policy(&mut sources, "b.yaml", None, b"name: ]", &PolicySet::empty());
        let found = to_json(&sources, &checked.diagnostics);
        let place = ["line", "column", "end_line", "end_column"].map(|key| &found[0][key]);
        assert_eq!(place, [&json!(1), &json!(7), &json!(1), &json!(8)]);

        let text = "name: a\ncountries: any\ndocuments: any\n";
        let checked = check_policy(&mut sources, "a.yaml", None, text.as_bytes(), &PolicySet::empty());
        let client = Client::read(&ClientInput::default());
        let problems = merge(&checked.value.unwrap(), client, jiff::Timestamp::UNIX_EPOCH).unwrap_err();
        let found = to_json(&sources, &problems);
        assert_eq!(found[0]["rule"], client_field_missing::RULE.id);
        assert_eq!(found[0]["field"], ClientField::ClientId.as_str());
        assert_eq!(found[0]["line"], Value::Null);
    }
}
