//! Diagnostics for programs: an array of objects with stable keys.

use serde_json::{Value, json};

use super::in_file;
use crate::diagnostic::{Diagnostic, Place};
use crate::source::SourceMap;

/// The diagnostics as a JSON array. Lines and columns count from 1, columns count characters, the end is exclusive;
/// all four are null for a mistake that is in no file, whose `field` of the client's data (or key of the policy) is then
/// given.
pub fn to_json(sources: &SourceMap, diagnostics: &[Diagnostic]) -> Value {
    diagnostics.iter().map(|diagnostic| one(sources, diagnostic)).collect()
}

fn one(sources: &SourceMap, diagnostic: &Diagnostic) -> Value {
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
