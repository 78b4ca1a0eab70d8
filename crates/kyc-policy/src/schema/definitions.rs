//! The parts of a schema that several keys share.

use kyc_core::{Country, DocumentSet, Group, Locale, StepName, StepType, Steps};

use super::forms::{
    any_of, closed, documents_of, list, matching, one_of, one_of_words, schema, switches, table, text,
    unsettable, vendor_value,
};
use super::json::{Json, object};
use super::pattern;
use crate::form::{Form, LOOSENING_KEYS, REASON, STEP_KEYS, STEP_SETTING_KEYS, STEP_TEXT_KEYS};

/// A shared part by its name.
pub(super) fn reference(name: &str) -> Json {
    object([("$ref", format!("#/$defs/{name}").into())])
}

/// The shared parts that `schema` refers to, and those that they refer to.
pub(super) fn used_by(schema: &Json) -> Json {
    let all = all();
    let mut used: Vec<&str> = Vec::new();
    let mut look_at = vec![schema];
    while let Some(schema) = look_at.pop() {
        for (name, definition) in &all {
            if !used.contains(name) && refers(schema, &format!("#/$defs/{name}")) {
                used.push(name);
                look_at.push(definition);
            }
        }
    }
    let used = all.iter().filter(|(name, _)| used.contains(name));
    Json::Object(used.map(|(name, definition)| ((*name).to_owned(), definition.clone())).collect())
}

fn refers(schema: &Json, target: &str) -> bool {
    match schema {
        Json::List(items) => items.iter().any(|item| refers(item, target)),
        Json::Object(keys) => keys.iter().any(|(key, value)| {
            refers(value, target) || (key == "$ref" && matches!(value, Json::Text(text) if text == target))
        }),
        _ => false,
    }
}

fn all() -> Vec<(&'static str, Json)> {
    let countries = || Country::all().map(Country::code);
    let groups = || Group::ALL.iter().map(|group| group.name());
    let excluded: Vec<_> = countries().chain(groups()).map(|word| format!("-{word}")).collect();
    let own = || matching(pattern::GROUP_ENTRY).with("not", one_of(&["ANY", "ALL", "-ANY", "-ALL"]));
    let described = |schema: Json, meaning: &str| schema.after("description", meaning);
    vec![
        ("country", described(one_of_words(countries()), "ISO 3166-1 alpha-2 code, or XK for Kosovo")),
        (
            "countryEntry",
            any_of([
                reference("country"),
                described(one_of_words(groups()), "built-in group of countries"),
                described(one_of_words(excluded.iter().map(String::as_str)), "excluded"),
                described(own(), "group of _set.yaml"),
            ]),
        ),
        ("countryList", list(reference("countryEntry"))),
        (
            "countryListOfASet",
            list(any_of([
                reference("country"),
                described(one_of_words(groups()), "built-in group of countries"),
                described(one_of_words(excluded.iter().map(String::as_str)), "excluded"),
            ])),
        ),
        ("document", described(documents_of(DocumentSet::PHYSICAL), "document type, as results name it")),
        ("groupName", matching(pattern::GROUP).with("not", one_of_words(groups().chain(["ANY", "ALL"])))),
        (
            "stepName",
            matching(pattern::TAG).with("minLength", StepName::MIN).with("maxLength", StepName::MAX),
        ),
        ("loosening", loosening()),
        ("step", step()),
        ("vendorValue", vendor_value()),
    ]
}

/// Leave to be looser.
fn loosening() -> Json {
    let parts = [("reason", text(REASON)), ("until", schema(Form::Day))];
    closed(parts.into_iter()).with("required", super::json::texts(LOOSENING_KEYS))
}

fn step() -> Json {
    let parts = STEP_KEYS.iter().map(|key| {
        let part = match *key {
            "type" => one_of(StepType::WRITTEN),
            "fields" => list(text(Steps::MAX_NAME)),
            "texts" => step_texts(),
            _ => closed(
                STEP_SETTING_KEYS.iter().map(|key| (*key, unsettable(object([("enum", switches().into())])))),
            ),
        };
        (*key, unsettable(part))
    });
    closed(parts)
}

fn step_texts() -> Json {
    let max = |key: &str| if key == "name" { Steps::MAX_NAME } else { Steps::MAX_DESCRIPTION };
    // Which of the two is missing is for the check to say: one of them can be inherited.
    let parts = closed(STEP_TEXT_KEYS.iter().map(|key| (*key, text(max(key)))));
    let languages = matching(pattern::TAG).with("minLength", Locale::MIN).with("maxLength", Locale::MAX);
    table(unsettable(parts)).with("propertyNames", languages)
}

/// The first days of snapshots by built-in group.
pub(super) fn snapshots() -> Json {
    closed(
        Group::ALL.iter().map(|group| {
            (group.name(), one_of_words(group.snapshots().iter().map(|snapshot| snapshot.since)))
        }),
    )
}
