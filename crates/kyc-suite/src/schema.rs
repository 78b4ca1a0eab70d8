//! JSON Schema of test files, for editors: they complete words and mark what cannot be, while somebody types. It says what
//! can be said of one value; reading a file says everything.

use kyc_core::wire::WireField;
use kyc_core::{Country, DocumentResult, DocumentType, FaceResult, SessionStatus};
use kyc_policy::{AmlList, ClientField, FIELDS, Field, RULES, ReasonKind, Ruling, Tag};
use serde_json::{Map, Value, json};

use crate::facts::FactKey;

/// The name of the file beside tests that holds [`schema`].
pub const SCHEMA_FILE: &str = "tests.schema.json";

/// JSON Schema (draft 2020-12) of a test file.
pub fn schema() -> String {
    let keys: Vec<&str> = FIELDS.iter().map(|field| field.key).collect();
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Policy tests",
        "description": "Cases of one policy, at one moment.",
        "type": "object",
        "properties": {
            "policy": { "type": "string", "description": "The name of the policy." },
            "now": moment("The moment of every case."),
            "facts": { "$ref": "#/$defs/facts", "description": "What cases about results begin with." },
            "client": { "$ref": "#/$defs/client", "description": "What cases about clients begin with." },
            "cases": { "type": "array", "items": { "$ref": "#/$defs/case" }, "minItems": 1 },
        },
        "required": ["policy", "now", "cases"],
        "additionalProperties": false,
        "$defs": {
            "case": case(),
            "facts": facts(),
            "client": client(),
            "without": one_or_more(&words(fact_keys().chain(client_fields()))),
            "each": each(),
            "expect": expect(),
            "country": words(Country::all().map(Country::code).chain([UNKNOWN])),
            "countries": one_or_more(&json!({ "type": "string", "pattern": COUNTRY_ENTRY })),
            "document": words(documents().chain([UNKNOWN])),
            "documents": one_or_more(&json!({ "type": "string", "pattern": DOCUMENT_ENTRY })),
            "reasons": names(ReasonKind::ALL.iter().map(|kind| kind.as_str()), &open_words(keys)),
            "problems": names(RULES.iter().map(|rule| rule.id), &words(client_fields())),
        },
    });
    laid_out(&schema, 0) + "\n"
}

const UNKNOWN: &str = "unknown";
/// A code, a group, `any` or `unknown`; the first two may be left out with a minus sign.
const COUNTRY_ENTRY: &str = "^(any|unknown|-?[A-Z][A-Z0-9_]{1,31})$";
const DOCUMENT_ENTRY: &str = "^(any|unknown|-?[A-Z][A-Z_]+)$";

fn case() -> Value {
    json!({
        "type": "object",
        "properties": {
            "name": { "type": "string", "minLength": 1, "maxLength": 200, "description": "What the case shows." },
            "now": moment("A moment of its own."),
            "facts": { "$ref": "#/$defs/facts", "description": "Facts of a result, in place of those of the file." },
            "client": { "$ref": "#/$defs/client", "description": "A client's data, in place of that of the file." },
            "without": { "$ref": "#/$defs/without", "description": "What the file says, and this case does not." },
            "each": { "$ref": "#/$defs/each", "description": "Values by key: every combination is a case." },
            "expect": { "$ref": "#/$defs/expect", "description": "What must come of it." },
        },
        "required": ["name", "expect"],
        "additionalProperties": false,
    })
}

fn facts() -> Value {
    let properties =
        FactKey::ALL.iter().map(|key| (key.as_str().to_owned(), described(fact(*key), key.meaning())));
    closed(properties.collect())
}

/// What one fact takes.
fn fact(key: FactKey) -> Value {
    match key {
        FactKey::Country | FactKey::Nationality | FactKey::IpCountry => json!({ "$ref": "#/$defs/country" }),
        FactKey::Document => json!({ "$ref": "#/$defs/document" }),
        FactKey::Age => {
            json!({ "anyOf": [{ "type": "integer", "minimum": 0, "maximum": 150 }, { "const": UNKNOWN }] })
        }
        FactKey::Birth => json!({ "type": ["string", "integer"] }),
        FactKey::Expires => json!({ "type": "string" }),
        FactKey::Tags => one_or_more(&open_words(Tag::ALL.iter().map(|tag| tag.as_str()))),
        FactKey::Aml => one_or_more(&words(AmlList::ALL.iter().map(|list| list.as_str()))),
        FactKey::Status => open_words(SessionStatus::KNOWN.iter().copied()),
        FactKey::DocumentResult => open_words(DocumentResult::KNOWN.iter().copied()),
        FactKey::FaceResult => open_words(FaceResult::KNOWN.iter().copied()),
        FactKey::Untraced => one_or_more(&words(Field::flags().map(|(key, _)| key))),
        FactKey::Final => json!({ "type": "boolean" }),
        FactKey::Started | FactKey::Finished => moment(key.meaning()),
    }
}

fn client() -> Value {
    let field = |field: &ClientField| {
        let schema = match field {
            ClientField::StepData => json!({ "type": ["object", "null"] }),
            _ => json!({ "type": ["string", "number", "boolean", "null"] }),
        };
        (field.as_str().to_owned(), schema)
    };
    closed(ClientField::ALL.iter().map(field).collect())
}

/// Lists of what facts and clients take. A key that both have takes what either does.
fn each() -> Value {
    let mut keys = Map::new();
    for field in ClientField::ALL {
        keys.insert(field.as_str().to_owned(), json!({ "type": ["array", "string", "number", "null"] }));
    }
    for key in FactKey::ALL {
        let list = match key {
            FactKey::Country | FactKey::IpCountry => json!({ "$ref": "#/$defs/countries" }),
            // A fact and a field of the client.
            FactKey::Nationality => {
                json!({ "anyOf": [{ "$ref": "#/$defs/countries" }, { "type": "array" }] })
            }
            FactKey::Document => json!({ "$ref": "#/$defs/documents" }),
            key => one_or_more(&fact(*key)),
        };
        keys.insert(key.as_str().to_owned(), list);
    }
    keys.insert("without".to_owned(), json!({ "$ref": "#/$defs/without" }));
    let mut schema = closed(keys);
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("minProperties".to_owned(), json!(1));
    }
    schema
}

fn expect() -> Value {
    let outcomes = || Ruling::ALL.iter().map(|ruling| ruling.as_str());
    let parameters = WireField::ALL.iter().map(|parameter| (parameter.name().to_owned(), json!({})));
    let parameters: Map<String, Value> = parameters.collect();
    json!({ "anyOf": [
        words(outcomes().chain(["request"])),
        {
            "type": "object",
            "properties": {
                "outcome": described(words(outcomes()), "What follows from the result."),
                "reasons": { "$ref": "#/$defs/reasons", "description": "Why: these reasons and no others." },
                "problems": {
                    "$ref": "#/$defs/problems",
                    "description": "No request, for these rules and no others.",
                },
                "request": {
                    "type": "object",
                    // The escape hatch of a policy can hold further ones.
                    "properties": parameters,
                    "description": "Fields of the request, by the vendor's names.",
                },
                "absent": described(one_or_more(&json!({ "type": "string" })), "Fields that the request must not have."),
                "warnings": { "$ref": "#/$defs/problems", "description": "Exactly these warnings." },
            },
            "additionalProperties": false,
            "minProperties": 1,
        },
    ] })
}

/// Ids, each alone or with what it is about.
fn names<'w>(ids: impl Iterator<Item = &'w str>, about: &Value) -> Value {
    let ids: Vec<&str> = ids.collect();
    let one = json!({ "anyOf": [
        { "enum": ids },
        {
            "type": "object",
            "propertyNames": { "enum": ids },
            "additionalProperties": about,
            "minProperties": 1,
            "maxProperties": 1,
        },
    ] });
    json!({ "anyOf": [one, { "type": "array", "items": one }] })
}

fn moment(meaning: &str) -> Value {
    json!({ "type": "string", "description": meaning, "examples": ["2026-05-15T12:00:00Z"] })
}

fn one_or_more(one: &Value) -> Value {
    json!({ "anyOf": [one, { "type": "array", "items": one, "minItems": 1 }] })
}

fn words<'w>(words: impl Iterator<Item = &'w str>) -> Value {
    json!({ "enum": words.collect::<Vec<_>>() })
}

/// Words that are offered, beside any other text.
fn open_words<'w>(known: impl IntoIterator<Item = &'w str>) -> Value {
    json!({ "anyOf": [words(known.into_iter()), { "type": "string" }] })
}

fn described(mut schema: Value, meaning: &str) -> Value {
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("description".to_owned(), json!(meaning));
    }
    schema
}

fn closed(properties: Map<String, Value>) -> Value {
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

fn fact_keys() -> impl Iterator<Item = &'static str> {
    FactKey::ALL.iter().map(|key| key.as_str())
}

fn client_fields() -> impl Iterator<Item = &'static str> {
    ClientField::ALL.iter().map(|field| field.as_str())
}

fn documents() -> impl Iterator<Item = &'static str> {
    DocumentType::ALL.iter().map(|document| document.as_str())
}

/// The longest line that can be broken, in characters.
const WIDTH: usize = 120;

/// JSON for people: what fits on a line stands on one, and long lists of words fill their lines.
fn laid_out(value: &Value, depth: usize) -> String {
    let (indent, end) = ("  ".repeat(depth + 1), "  ".repeat(depth));
    let flat = value.to_string();
    if flat.len() + end.len() <= WIDTH {
        return flat;
    }
    match value {
        Value::Object(entries) => {
            let entry = |(key, value): (&String, &Value)| {
                format!("{indent}{}: {}", Value::from(key.as_str()), laid_out(value, depth + 1))
            };
            format!("{{\n{}\n{end}}}", entries.iter().map(entry).collect::<Vec<_>>().join(",\n"))
        }
        Value::Array(values) => {
            let mut lines = vec![indent.clone()];
            for (index, value) in values.iter().enumerate() {
                let comma = if index + 1 == values.len() { "" } else { "," };
                let word = format!("{}{comma}", laid_out(value, depth + 1));
                match lines.last_mut().filter(|line| line.len() + word.len() < WIDTH) {
                    Some(line) if line.len() == indent.len() => line.push_str(&word),
                    Some(line) => line.extend([" ", word.as_str()]),
                    None => lines.push(format!("{indent}{word}")),
                }
            }
            format!("[\n{}\n{end}]", lines.join("\n"))
        }
        _ => flat,
    }
}
