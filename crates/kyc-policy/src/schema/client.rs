//! JSON Schema of one client's data under one policy: for programs that fill in forms or call a service.
//!
//! Whatever the merge takes, the schema takes, if texts are composed (NFC). The reverse cannot be: [`BEYOND_THE_SCHEMA`]
//! names the rules that a schema of single values does not know.

use kyc_core::wire::Bounds;
use kyc_core::{Address, Country, StepData, StepName, Steps};

use super::DIALECT;
use super::forms::{any_of, matching, one_of, one_of_words};
use super::json::{Json, object, texts};
use super::pattern;
use crate::client::ClientField;
use crate::policy::Policy;

/// The rules by which the merge refuses data that the schema takes.
pub const BEYOND_THE_SCHEMA: [&str; 6] = [
    // Digits and letters of all scripts, invisible tags, blank field names of steps, days that a month does not have.
    "client-value-invalid",
    "age-outside",
    "date-in-future",
    "document-expired",
    "step-data-mismatch",
    "not-effective",
];

/// JSON Schema (draft 2020-12) of one client's data under `policy`, as an object of fields in `snake_case`. It holds no
/// rule about today's date and none about several fields but the one that a name may be either of two.
pub fn client_schema(policy: &Policy) -> serde_json::Value {
    let required = policy.required_fields();
    let fields = ClientField::ALL.iter().copied().filter(|field| policy.takes(*field));
    let properties = fields.map(|field| {
        let schema = narrowed(policy, field);
        let is_required = required.contains(field);
        (field.as_str().to_owned(), described(if is_required { schema } else { or_null(schema) }, field))
    });
    let schema = object([
        ("$schema", DIALECT.into()),
        ("title", format!("Client data of policy {}", policy.name()).into()),
        ("type", "object".into()),
        ("properties", Json::Object(properties.collect())),
        ("required", texts(required.iter().map(ClientField::as_str))),
        ("additionalProperties", false.into()),
    ]);
    let schema = if policy.requires_name() { schema.with("anyOf", one_name()) } else { schema };
    // Writing JSON to memory cannot fail.
    serde_json::to_value(schema).unwrap_or_default()
}

/// JSON Schema of a client field's values, whatever the policy.
pub fn client_field_schema(field: ClientField) -> serde_json::Value {
    serde_json::to_value(described(or_null(schema(field)), field)).unwrap_or_default()
}

/// What the field may be, as far as it does not depend on the policy.
fn schema(field: ClientField) -> Json {
    let bounds = field.facts().wire.bounds();
    match (field, bounds) {
        (ClientField::StepData, _) => step_data(),
        (ClientField::DocumentCountry, _) | (_, Bounds::CountryCode) => countries(Country::all()),
        (ClientField::ClientId, Bounds::Text { min, max, .. }) => text(pattern::PRINTABLE_ASCII, min, max),
        (ClientField::FirstName | ClientField::LastName, Bounds::Text { min, max, .. }) => {
            text(pattern::PERSON_NAME, min, max)
        }
        (ClientField::Locale, Bounds::Text { min, max, .. }) => text(pattern::TAG, min, max),
        (_, Bounds::Text { min, max, .. }) => text(pattern::VISIBLE, min, max),
        (_, Bounds::CalendarDate { .. }) => matching(pattern::DATE).with("format", "date"),
        (_, Bounds::OneOf(words)) => one_of(words).with("type", "string"),
        _ => object([]),
    }
}

/// What the field may be under `policy`.
fn narrowed(policy: &Policy, field: ClientField) -> Json {
    let denied = policy.sections().nationality.deny;
    match field {
        ClientField::DocumentCountry => {
            countries(Country::all().filter(|country| policy.countries().contains(*country)))
        }
        ClientField::Nationality => countries(Country::all().filter(|country| !denied.contains(*country))),
        _ => schema(field),
    }
}

fn countries(countries: impl Iterator<Item = Country>) -> Json {
    one_of_words(countries.map(Country::code)).with("type", "string")
}

fn text(pattern: &str, min: usize, max: usize) -> Json {
    matching(pattern).with("minLength", min).with("maxLength", max)
}

/// Texts by field by step.
fn step_data() -> Json {
    let field_names = object([("minLength", 1_u32.into()), ("maxLength", Steps::MAX_NAME.into())]);
    let fields = object([
        ("type", "object".into()),
        ("additionalProperties", text(pattern::VISIBLE, Address::MIN, Address::MAX)),
        ("propertyNames", field_names),
        ("minProperties", 1_u32.into()),
        ("maxProperties", StepData::MAX_FIELDS.into()),
    ]);
    object([
        ("type", "object".into()),
        ("additionalProperties", fields),
        ("propertyNames", text(pattern::TAG, StepName::MIN, StepName::MAX)),
        ("minProperties", 1_u32.into()),
        ("maxProperties", StepData::MAX_FIELDS.into()),
    ])
}

/// A field that may be left out may be `null` too, which means the same.
fn or_null(schema: Json) -> Json {
    any_of([schema, object([("type", "null".into())])])
}

fn described(schema: Json, field: ClientField) -> Json {
    match field.facts().wire.bounds() {
        // The schema itself says it in so many words.
        Bounds::OneOf(_) | Bounds::CountryCode | Bounds::CountryLock => schema,
        bounds => schema.after("description", super::sentence(&bounds.to_string())),
    }
}

/// A first or a last name, or both.
fn one_name() -> Json {
    let given = |field: ClientField| {
        object([
            ("required", texts([field.as_str()])),
            (
                "properties",
                Json::Object(vec![(field.as_str().to_owned(), object([("type", "string".into())]))]),
            ),
        ])
    };
    Json::List(vec![given(ClientField::FirstName), given(ClientField::LastName)])
}
