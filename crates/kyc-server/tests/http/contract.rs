//! Answers against the description of the interface, by a validator that is not ours.

use std::sync::LazyLock;

use http::{Method, Uri};
use jsonschema::Validator;
use kyc_server::http::openapi;
use serde_json::{Value, json};

use crate::answer::Answer;

static DOCUMENT: LazyLock<Value> = LazyLock::new(openapi::document);

/// The operation, if the description has one.
fn operation(method: &Method, path: &str) -> Option<&'static Value> {
    let method = if method == Method::HEAD { "get".to_owned() } else { method.as_str().to_lowercase() };
    let fits = |template: &str| {
        let (one, other): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
        one.len() == other.len()
            && one.iter().zip(&other).all(|(part, given)| part.starts_with('{') || part == given)
    };
    let paths = DOCUMENT["paths"].as_object().unwrap();
    paths.iter().find(|(template, _)| fits(template)).and_then(|(_, path)| path.get(method))
}

fn validator(schema: &Value) -> Validator {
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "allOf": [schema],
        "components": DOCUMENT["components"],
    });
    jsonschema::validator_for(&schema).unwrap()
}

/// Fails unless the answer is one that the description announces.
#[track_caller]
pub(crate) fn check(method: &Method, uri: &Uri, answer: &Answer) {
    for (name, value) in [("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer")] {
        assert_eq!(answer.header(name), Some(value), "{answer:?}");
    }
    for name in ["x-request-id", "traceparent", "cache-control", "content-security-policy"] {
        assert!(answer.header(name).is_some(), "{name}: {answer:?}");
    }
    let Some(operation) = operation(method, uri.path()) else { return };
    let response = &operation["responses"][answer.status.as_str()];
    assert!(response.is_object(), "{method} {} does not announce {answer:?}", uri.path());
    for (name, header) in response["headers"].as_object().unwrap() {
        let reference = header["$ref"].as_str().unwrap().trim_start_matches('#');
        let described = DOCUMENT.pointer(reference).unwrap_or_else(|| panic!("no {reference}"));
        let given = answer.header(name);
        assert!(given.is_some() || described["required"] == false, "{name} is missing: {answer:?}");
    }
    if *method == Method::HEAD || answer.body.is_empty() {
        return;
    }
    let media = answer.header("content-type").expect("a content type");
    let schema = &response["content"][media]["schema"];
    assert!(schema.is_object(), "{method} {} does not announce {media} with {}", uri.path(), answer.status);
    if media.ends_with("json") {
        let body = answer.json();
        let errors: Vec<_> = validator(schema).iter_errors(&body).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{method} {}: {errors:#?}\n{body:#}", uri.path());
    }
}

/// Whether the description lets this body be sent.
pub(crate) fn takes(body: &Value) -> bool {
    validator(&json!({ "$ref": "#/components/schemas/TokenRequest" })).is_valid(body)
}

#[test]
fn the_description_refers_to_what_it_holds() {
    fn references<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
        match value {
            Value::Object(keys) => {
                found.extend(keys.get("$ref").and_then(Value::as_str));
                keys.values().for_each(|value| references(value, found));
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    references(&DOCUMENT, &mut found);
    assert!(found.len() > 50);
    for reference in found {
        assert!(DOCUMENT.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
    }
}

#[test]
fn the_description_has_valid_schemas_and_examples() {
    for (name, schema) in DOCUMENT["components"]["schemas"].as_object().unwrap() {
        assert!(jsonschema::draft202012::meta::is_valid(schema), "{name}");
        for example in schema["examples"].as_array().into_iter().flatten() {
            assert!(validator(schema).is_valid(example), "{name}: {example}");
        }
    }
    assert!(takes(&json!({ "client_id": "u-1", "reissue": true, "sex": null })));
    for body in [json!({}), json!({ "client_id": null }), json!({ "client_id": "u", "x": 1 }), json!([])] {
        assert!(!takes(&body), "{body}");
    }
}
