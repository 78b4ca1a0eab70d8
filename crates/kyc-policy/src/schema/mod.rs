//! JSON Schema of policy files, of `_set.yaml` and of one client's data, made of the tables of keys: for editors, which complete and check
//! while somebody types, and for programs that write policies.
//!
//! A schema says what can be said of one value, and `kyc check` everything. Whatever the check takes, the schema takes,
//! if words that YAML reads as something else than a text (`true`, `null`, `12`) stand in quotes where a text is meant,
//! as [`crate::format()`] writes them.

mod client;
mod definitions;
mod forms;
mod json;
mod pattern;

pub use client::{BEYOND_THE_SCHEMA, client_field_schema, client_schema};
use json::{Json, object, texts};

use crate::family::is_inherited;
use crate::field::{FIELDS, Field, MANDATORY, Shape};
use crate::set_field::{SET_FIELDS, SetField};

/// The name of the file beside policies that holds [`policy_schema`].
pub const POLICY_SCHEMA_FILE: &str = "policy.schema.json";

/// The name of the file beside policies that holds [`set_schema`].
pub const SET_SCHEMA_FILE: &str = "set.schema.json";

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// JSON Schema (draft 2020-12) of a policy file.
pub fn policy_schema() -> String {
    let keys = FIELDS.iter().filter(|field| !field.key.contains('.'));
    let keys = keys.map(|field| (field.key.to_owned(), described(field_schema(field), &field_words(field))));
    document(
        "Policy",
        "Who may be verified, with what, how thoroughly, and what is made of the result",
        keys.collect(),
    )
    .with("required", texts(["name"]))
    .with("if", object([("not", object([("required", texts(["extends"]))]))]))
    .with("then", whole())
    .into_document()
}

/// What must stand in a policy that inherits nothing.
fn whole() -> Json {
    let sections = FIELDS.iter().filter(|field| !field.key.contains('.'));
    let sections = sections.filter_map(|field| match mandatory(field.key) {
        Json::List(keys) if keys.is_empty() => None,
        keys => Some((field.key.to_owned(), object([("required", keys)]))),
    });
    object([("required", mandatory("")), ("properties", Json::Object(sections.collect()))])
}

/// JSON Schema (draft 2020-12) of `_set.yaml`.
pub fn set_schema() -> String {
    let keys = SET_FIELDS.iter().filter(|field| !field.key.contains('.'));
    let keys = keys
        .map(|field| (field.key.to_owned(), described(set_field_schema(field), &sentence(field.meaning))));
    document("Policy set", "What the policies of a folder share", keys.collect()).into_document()
}

fn document(title: &str, meaning: &str, keys: Vec<(String, Json)>) -> Json {
    object([
        ("$schema", DIALECT.into()),
        ("title", title.into()),
        ("description", sentence(meaning).into()),
        ("type", "object".into()),
        ("properties", Json::Object(keys)),
        ("additionalProperties", false.into()),
    ])
}

impl Json {
    fn into_document(self) -> String {
        let definitions = definitions::used_by(&self);
        self.with("$defs", definitions).to_document()
    }
}

fn field_schema(field: &Field) -> Json {
    let schema = schema_of(field);
    if is_inherited(field.key) { forms::unsettable(schema) } else { schema }
}

fn schema_of(field: &Field) -> Json {
    match field.shape {
        Shape::Section => section(field.key),
        Shape::SectionOr(form) => forms::any_of([forms::schema(form), section(field.key)]),
        Shape::Flag(_) => forms::schema(crate::form::Form::SwitchOrAccount),
        Shape::Parameter => match field.wire {
            [parameter] => forms::parameter_schema(*parameter),
            _ => object([]),
        },
        Shape::Own(form) => forms::schema(form),
    }
}

fn section(key: &str) -> Json {
    let keys = Field::under(key).iter();
    forms::closed(keys.map(|(key, field)| (*key, described(field_schema(field), &field_words(field)))))
}

fn set_field_schema(field: &SetField) -> Json {
    if let Some(form) = field.form {
        return forms::schema(form);
    }
    let prefix = format!("{}.", field.key);
    let keys = SET_FIELDS.iter().filter_map(|inner| Some((inner.key.strip_prefix(&prefix)?, inner)));
    forms::closed(
        keys.map(|(key, inner)| (key, described(set_field_schema(inner), &sentence(inner.meaning)))),
    )
}

/// The last parts of the keys that must stand directly under `section`.
fn mandatory(section: &str) -> Json {
    let keys = MANDATORY.iter().map(|(key, _)| key.split_once('.').unwrap_or(("", key)));
    texts(keys.filter(|(of, _)| *of == section).map(|(_, key)| key))
}

fn described(schema: Json, words: &str) -> Json {
    schema.after("description", words)
}

/// What a key means, what it takes, and the vendor's parameters that it decides.
fn field_words(field: &Field) -> String {
    let mut words = sentence(field.meaning);
    if let (Shape::Parameter, [parameter]) = (field.shape, field.wire)
        && let Some(takes) = forms::parameter_words(*parameter)
    {
        words = format!("{words} {}", sentence(&takes));
    }
    match field.wire {
        [] => words,
        wire => {
            let names: Vec<_> = wire.iter().map(|parameter| parameter.name()).collect();
            format!("{words} Sent as {}.", names.join(" and "))
        }
    }
}

/// A phrase as a sentence without the marks of Markdown, which editors show as they are.
fn sentence(phrase: &str) -> String {
    let phrase = phrase.replace('`', "");
    let is_name = |word: &str| word.starts_with("http") || word.chars().any(char::is_uppercase);
    if phrase.split(' ').next().is_some_and(is_name) {
        return phrase + ".";
    }
    let mut rest = phrase.chars();
    let first: String = rest.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", rest.as_str())
}
