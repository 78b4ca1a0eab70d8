//! The schema as a document: complete, valid, and with a source beside every property.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests may panic as tests do")]

use std::collections::BTreeSet;

use kyc_sandbox::{TOKEN_REQUEST_SCHEMA, validate};
use serde_json::{Map, Value, json};

fn document() -> Value {
    serde_json::from_str(TOKEN_REQUEST_SCHEMA).unwrap()
}

fn properties() -> Map<String, Value> {
    document()["properties"].as_object().unwrap().clone()
}

#[test]
fn is_a_valid_draft_2020_12_schema() {
    assert_eq!(document()["$schema"], "https://json-schema.org/draft/2020-12/schema");
    jsonschema::draft202012::meta::validate(&document()).unwrap();
}

#[test]
fn holds_the_63_documented_properties_and_the_dummy_status() {
    let mut names: BTreeSet<_> = properties().into_iter().map(|(name, _)| name).collect();
    assert!(names.remove("dummyStatus"));
    assert_eq!(names.len(), 63);
}

#[test]
fn every_property_has_a_source_and_a_rule_in_words() {
    let document = document();
    let sources: Vec<_> = document["x-sources"].as_object().unwrap().keys().collect();
    for (name, property) in properties() {
        let description = property["description"].as_str().unwrap();
        let named = sources.iter().any(|source| description.contains(source.as_str()));
        assert!(named || description.contains("All sources"), "{name}");
        let must = property["x-must"].as_str().unwrap();
        assert!(must.starts_with("be ") && !must.ends_with('.'), "{name}");
    }
}

#[test]
fn defaults_satisfy_their_own_property() {
    for (name, property) in properties() {
        let Some(default) = property.get("default") else {
            continue;
        };
        // `additionalSteps` and the like are not nullable in a request but null in an answer.
        if !default.is_null() {
            let body = json!({ "clientId": "u-1", name.as_str(): default });
            assert!(validate(body.to_string().as_bytes()).is_ok(), "{name}");
        }
    }
}

#[test]
fn countries_are_iso_3166_1_and_kosovo_in_either_case() {
    let known: BTreeSet<&str> = rust_iso3166::ALL_ALPHA2.iter().copied().chain(["XK"]).collect();
    assert_eq!(known.len(), 250);
    for first in 'A'..='Z' {
        for second in 'A'..='Z' {
            let code = format!("{first}{second}");
            let lower = code.to_lowercase();
            for country in [&code, &lower] {
                let body = json!({ "clientId": "u-1", "country": country }).to_string();
                assert_eq!(validate(body.as_bytes()).is_ok(), known.contains(code.as_str()), "{country}");
            }
            // A step's key is upper case only.
            let body =
                json!({ "clientId": "u-1", "additionalSteps": { code.as_str(): { "ALL": { "X": {} } } } });
            let accepted = validate(body.to_string().as_bytes()).is_ok();
            assert_eq!(accepted, known.contains(code.as_str()), "{code}");
        }
    }
}
