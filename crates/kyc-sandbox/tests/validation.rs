//! What the stand-in accepts and refuses, without HTTP; the cases are in `tests/data`.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests may panic as tests do")]

use kyc_sandbox::{Identifier, validate};
use serde_json::{Value, json};

fn cases(text: &str) -> Vec<(String, Value, Value)> {
    let cases: Vec<Value> = serde_json::from_str(text).unwrap();
    let read = |case: Value| {
        let mut body = json!({ "clientId": "u-1" });
        for (name, value) in case["set"].as_object().unwrap() {
            body[name] = value.clone();
        }
        (case["case"].as_str().unwrap().to_owned(), body, case)
    };
    cases.into_iter().map(read).collect()
}

fn accepts(body: &Value) -> bool {
    validate(body.to_string().as_bytes()).is_ok()
}

#[test]
fn accepted_bodies_come_back_unchanged() {
    for (name, body, _) in cases(include_str!("data/accepted.json")) {
        assert_eq!(validate(body.to_string().as_bytes()), Ok(body), "{name}");
    }
}

#[test]
fn refused_bodies_name_the_field() {
    for (name, body, case) in cases(include_str!("data/refused.json")) {
        let refusal = validate(body.to_string().as_bytes()).expect_err(&name);
        let field = case["field"].as_str().unwrap();
        assert_eq!(refusal.field(), Some(field), "{name}");
        let identifier = case["identifier"].as_str().unwrap_or("BAD_VALUE");
        assert_eq!(refusal.identifier().as_str(), identifier, "{name}");
        assert!(refusal.message().starts_with(&format!("Field '{field}' ")), "{name}: {refusal}");
    }
}

#[test]
fn lengths_count_characters_not_bytes() {
    let url = "https://example.com/";
    for (field, start, longest) in [
        ("clientId", "", 100),
        ("externalRef", "", 40),
        ("firstName", "", 100),
        ("lastName", "", 100),
        ("personalNumber", "", 50),
        ("documentNumber", "", 50),
        ("address", "", 255),
        ("locale", "", 7),
        ("successUrl", url, 2048),
        ("errorUrl", url, 2048),
        ("unverifiedUrl", url, 2048),
        ("callbackUrl", url, 2048),
    ] {
        let ascii_only = field == "clientId" || !start.is_empty();
        let letter = if ascii_only { "x" } else { "ž" };
        let text = |length: usize| format!("{start}{}", letter.repeat(length - start.len()));
        assert!(accepts(&json!({ "clientId": "u-1", field: text(longest) })), "{field}");
        let body = json!({ "clientId": "u-1", field: text(longest + 1) });
        assert_eq!(validate(body.to_string().as_bytes()).unwrap_err().field(), Some(field));
    }
}

#[test]
fn names_refuse_exactly_the_listed_punctuation() {
    const FORBIDDEN: &str = r#"`~!@#$%^*()_+={}[]|\:;",<>/?0123456789"#;
    for character in ' '..='~' {
        for field in ["firstName", "lastName"] {
            let body = json!({ "clientId": "u-1", field: format!("a{character}b") });
            assert_eq!(accepts(&body), !FORBIDDEN.contains(character), "{field} {character}");
        }
    }
}

#[test]
fn bodies_that_are_no_json_object() {
    for (body, identifier) in [
        (&b""[..], Identifier::JsonError),
        (b"{", Identifier::JsonError),
        (b"[]", Identifier::JsonError),
        (b"null", Identifier::JsonError),
        (b"\"u-1\"", Identifier::JsonError),
        (br#"{"clientId":"u-1"} {}"#, Identifier::JsonError),
        (br#"{"clientId":"u-1",}"#, Identifier::JsonError),
        (br#"{"clientId":"\ud800"}"#, Identifier::JsonError),
        (br#"{"clientId":"u-1","ageMax":1e999}"#, Identifier::JsonError),
        (b"\xEF\xBB\xBF{\"clientId\":\"u-1\"}", Identifier::JsonError),
        (b"{\"clientId\":\"\xFF\"}", Identifier::EncodingError),
    ] {
        let refusal = validate(body).unwrap_err();
        assert_eq!((refusal.identifier(), refusal.field()), (identifier, None));
    }
    let deep = format!(r#"{{"clientId":{}"#, "[".repeat(100_000));
    assert_eq!(validate(deep.as_bytes()).unwrap_err().identifier(), Identifier::JsonError);
}

#[test]
fn missing_client_id() {
    let refusal = validate(b"{\"zzz\":1}").unwrap_err();
    assert_eq!((refusal.identifier(), refusal.field()), (Identifier::MissingValue, Some("clientId")));
}

#[test]
fn repeated_keys_are_refused_at_every_depth() {
    for (body, field) in [
        (r#"{"clientId":"a","clientId":"a"}"#, "clientId"),
        (r#"{"clientId":"a","client\u0049d":"b"}"#, "clientId"),
        (r#"{"clientId":"a","additionalSteps":{"ALL":{},"ALL":{}}}"#, "additionalSteps.ALL"),
        (r#"{"clientId":"a","country":[{"x":1,"x":2}]}"#, "country.x"),
        (r#"{"":{"":1,"":2}}"#, "."),
    ] {
        let refusal = validate(body.as_bytes()).unwrap_err();
        assert_eq!((refusal.identifier(), refusal.field()), (Identifier::BadValue, Some(field)), "{body}");
        assert!(refusal.message().contains("more than once"));
    }
}

#[test]
fn long_keys_cannot_fill_the_memory() {
    // Every wrong value below a long key would repeat the key in its path.
    let wrong: Vec<_> = (0..50_000).map(|number| format!(r#""k{number}":1"#)).collect();
    for (length, identifier) in [(200, Identifier::MissingValue), (400_000, Identifier::BadValue)] {
        let key = "k".repeat(length);
        let body = format!(r#"{{"clientId":"a","additionalData":{{"{key}":{{{}}}}}}}"#, wrong.join(","));
        assert_eq!(validate(body.as_bytes()).unwrap_err().identifier(), identifier);
    }
}

#[test]
fn messages_show_names_in_part_and_values_never() {
    let long = "k".repeat(5000);
    let refusal =
        validate(json!({ "clientId": "u-1", long.as_str(): 1 }).to_string().as_bytes()).unwrap_err();
    assert!(refusal.message().len() < 200);
    let refusal = validate(br#"{"clientId":"u-1","dateOfBirth":"secret-value"}"#).unwrap_err();
    assert!(!refusal.to_string().contains("secret-value"));
    let refusal = validate(br#"{"clientId":"secret-value"#).unwrap_err();
    assert!(!refusal.to_string().contains("secret-value"));
}
