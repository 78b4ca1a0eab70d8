//! The schema of the token request and what it says about a body.

use std::sync::LazyLock;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use serde_json::{Map, Value};

use crate::errors::{Identifier, Refusal};

/// JSON Schema (draft 2020-12) of the body of `POST /api/v2/token`.
///
/// Holds the 63 request properties of the vendor's `OpenAPI` document and `dummyStatus`. Each property names its
/// sources in `description`, the value that the server fills in as `default`, and its rule in words as `x-must`.
/// `format` is meant to be asserted.
pub const TOKEN_REQUEST_SCHEMA: &str = include_str!("../schema/token-request.schema.json");

static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(TOKEN_REQUEST_SCHEMA).unwrap_or_default());

static VALIDATOR: LazyLock<Option<Validator>> = LazyLock::new(|| {
    let options = jsonschema::draft202012::options().should_validate_formats(true);
    options.build(&DOCUMENT).ok()
});

/// The properties of the request by name.
pub(crate) fn properties() -> Option<&'static Map<String, Value>> {
    DOCUMENT.get("properties")?.as_object()
}

/// The document types that a request may list.
pub(crate) fn document_types() -> Option<&'static Value> {
    DOCUMENT.pointer("/properties/documents/items/enum")
}

/// Refuses the first mistake: a missing field, else the first in the order of the field names.
pub(crate) fn check(request: &Value) -> Result<(), Refusal> {
    let Some(validator) = &*VALIDATOR else {
        // Cannot happen while the tests pass, which build the validator.
        return Err(Refusal::body(Identifier::InternalError, "The schema is not usable."));
    };
    let first = validator.iter_errors(request).map(|error| refusal(&error)).min_by_key(|refusal| {
        (refusal.identifier() != Identifier::MissingValue, refusal.field().map(str::to_owned))
    });
    first.map_or(Ok(()), Err)
}

fn refusal(error: &ValidationError<'_>) -> Refusal {
    let mut path: Vec<String> = error.instance_path().segments().map(|segment| segment.to_string()).collect();
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            path.extend(unexpected.iter().min().cloned());
            Refusal::unknown_field(path.join("."))
        }
        ValidationErrorKind::Required { property } => {
            path.extend(property.as_str().map(str::to_owned));
            Refusal::missing_field(path.join("."))
        }
        _ => Refusal::field_must(path.join("."), must(path.first().map_or("", String::as_str))),
    }
}

/// The rule of a top-level property in words.
pub(crate) fn must(field: &str) -> &'static str {
    let property = properties().and_then(|properties| properties.get(field));
    property.and_then(|property| property.get("x-must")).and_then(Value::as_str).unwrap_or("be valid")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_validator_builds() {
        assert!(VALIDATOR.is_some());
        assert!(document_types().is_some());
    }
}
