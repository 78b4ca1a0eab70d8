//! What is known about each parameter, against the schema of the vendor's stand-in, which was written apart from it.
//! Where the two differ on purpose, a row says so; any other difference fails, whichever side has changed.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};

use kyc_core::wire::{Bounds, WireField};
use kyc_core::{
    ClientId, Country, DocumentSet, DocumentType, EncodedSettings, Extra, Locale, Settings, Step, StepName,
    StepPlace, StepText, StepType, Steps, TokenRequest,
};
use kyc_policy::{ClientField, ClientFields};
use serde_json::{Map, Value, json};

/// One difference on purpose: parameters, keyword, what we say, what the stand-in says, why. `null` is silence.
type Difference = (&'static [&'static str], &'static str, Value, Value, &'static str);

fn differences() -> Vec<Difference> {
    let silent = Value::Null;
    vec![
        (&["expiryTime"], "minimum", json!(1), json!(0), "no document says what 0 does"),
        (&["ageLimit", "ageMax"], "minimum", json!(1), json!(0), "a bound of 0 bounds nothing"),
        (
            &["faceMatchingThresholdModifier"],
            "minimum",
            json!(0.001),
            silent.clone(),
            "no document publishes bounds",
        ),
        (&["faceMatchingThresholdModifier"], "maximum", json!(10.0), silent.clone(), "the same"),
        (&["externalRef", "address"], "minLength", json!(1), silent.clone(), "an empty text is left out"),
        (&["locale"], "minLength", json!(2), json!(1), "no language has a code of one letter"),
        (&["questionnaire"], "maxLength", json!(100), silent.clone(), "no document publishes a bound"),
        (
            &["externalRef", "personalNumber", "documentNumber", "address"],
            "pattern",
            json!(true),
            silent.clone(),
            "control and invisible characters are refused for safety",
        ),
        (&["locale"], "pattern", json!(true), silent.clone(), "what no tag of a language holds"),
        (&["questionnaire"], "pattern", json!(true), silent.clone(), "what no key holds"),
        (
            &["nationality"],
            "anyOf",
            silent.clone(),
            json!([{ "$ref": "#/$defs/country" }, { "type": "string", "pattern": true }]),
            "`ALL` clears the vendor's cross-check",
        ),
        (&["nationality"], "$ref", json!("#/$defs/country"), silent.clone(), "the same"),
        (&["registryCentersCountries"], "minItems", json!(1), silent, "an empty list asks for nothing"),
    ]
}

fn schema() -> Value {
    serde_json::from_str(kyc_sandbox::TOKEN_REQUEST_SCHEMA).unwrap()
}

fn properties() -> Map<String, Value> {
    let mut properties = schema()["properties"].as_object().unwrap().clone();
    // For the vendor's development environments alone; it is in no OpenAPI document.
    properties.remove("dummyStatus").unwrap();
    properties
}

fn is_accepted(fields: &Value) -> bool {
    let mut body = json!({ "clientId": "u-1" });
    body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    kyc_sandbox::validate(body.to_string().as_bytes()).is_ok()
}

/// The keywords that the bounds of a parameter come to.
fn said(bounds: Bounds) -> Value {
    let country = json!({ "$ref": "#/$defs/country" });
    let list = |items: Value| json!({ "type": "array", "items": items, "minItems": 1, "uniqueItems": true });
    match bounds {
        Bounds::Flag => json!({ "type": "boolean" }),
        Bounds::Number { min, max, .. } => json!({ "type": "integer", "minimum": min, "maximum": max }),
        Bounds::Decimal { min, max } => {
            let decimal = |thousandths| f64::from(thousandths) / 1_000.0;
            json!({ "type": "number", "minimum": decimal(min), "maximum": decimal(max) })
        }
        Bounds::Text { min, max, .. } => {
            json!({ "type": "string", "minLength": min, "maxLength": max, "pattern": true })
        }
        Bounds::CalendarDate { .. } => json!({ "type": "string", "format": "date", "pattern": true }),
        Bounds::OneOf(words) => json!({ "enum": words.iter().collect::<BTreeSet<_>>() }),
        Bounds::CountryCode => country,
        Bounds::CountryLock => json!({ "anyOf": [country.clone(), list(country)] }),
        Bounds::CountryCodes => list(country),
        Bounds::DocumentTypes => {
            let words: BTreeSet<_> = DocumentSet::REQUESTABLE.iter().map(DocumentType::as_str).collect();
            list(json!({ "enum": words }))
        }
        Bounds::Uuid => json!({ "type": "string", "pattern": true }),
        Bounds::Url { min, max, .. } => {
            json!({ "type": "string", "format": "uri", "minLength": min, "maxLength": max, "pattern": true })
        }
        Bounds::Steps => json!({ "type": "object", "minProperties": 1 }),
        Bounds::StepData => json!({
            "type": "object",
            "minProperties": 1,
            "additionalProperties": { "type": "object", "additionalProperties": { "type": "string" } },
        }),
        _ => Value::Null,
    }
}

/// The keywords of a property of the stand-in's schema: without prose, null (which is never sent but for a
/// questionnaire) and the text of patterns, which are tried with values elsewhere.
fn written(property: &Value) -> Value {
    let Some(property) = property.as_object() else { return property.clone() };
    let mut keywords = Map::new();
    for (keyword, value) in property {
        let value = match keyword.as_str() {
            "description" | "default" | "x-must" => continue,
            "pattern" => json!(true),
            "type" => match value {
                Value::Array(types) => types.iter().find(|name| *name != "null").unwrap().clone(),
                // An enumeration says it already.
                Value::String(_) if property.contains_key("enum") => continue,
                other => other.clone(),
            },
            "enum" => {
                let words: BTreeSet<_> = value.as_array().unwrap().iter().filter_map(Value::as_str).collect();
                json!(words)
            }
            "anyOf" => {
                let others = value.as_array().unwrap().iter().map(written);
                others.filter(|other| other["type"] != "null").collect()
            }
            "items" | "additionalProperties" => written(value),
            _ => value.clone(),
        };
        keywords.insert(keyword.clone(), value);
    }
    keywords.into()
}

#[test]
fn both_sides_know_the_same_parameters() {
    let ours: BTreeSet<_> = WireField::ALL.iter().map(|field| field.name().to_owned()).collect();
    let theirs: BTreeSet<_> = properties().into_iter().map(|(name, _)| name).collect();
    assert_eq!(ours, theirs);
    let required = ClientFields::EMPTY.with(ClientField::ClientId);
    let required: Vec<_> = required.iter().map(|field| field.facts().wire.name()).collect();
    assert_eq!(schema()["required"], json!(required));
}

#[test]
fn both_sides_bound_each_parameter_alike_but_for_the_listed_differences() {
    let mut found = BTreeMap::new();
    for (name, property) in properties() {
        let parameter = WireField::from_name(&name).unwrap();
        let (ours, mut theirs) = (said(parameter.bounds()), written(&property));
        if parameter.bounds() == Bounds::Steps {
            // The levels are compared below.
            let levels = theirs.as_object_mut().unwrap();
            levels.remove("patternProperties").unwrap();
            levels.remove("additionalProperties").unwrap();
        }
        let (ours, theirs) = (ours.as_object().unwrap(), theirs.as_object().unwrap());
        let keywords: BTreeSet<_> = ours.keys().chain(theirs.keys()).collect();
        for keyword in keywords {
            let of = |side: &Map<String, Value>| side.get(keyword).cloned().unwrap_or_default();
            let (ours, theirs) = (of(ours), of(theirs));
            if ours != theirs {
                found.insert((name.clone(), keyword.clone()), (ours, theirs));
            }
        }
    }
    let mut listed = BTreeMap::new();
    for (names, keyword, ours, theirs, why) in differences() {
        assert!(!why.is_empty());
        for name in names {
            listed.insert(((*name).to_owned(), keyword.to_owned()), (ours.clone(), theirs.clone()));
        }
    }
    let unlisted: Vec<_> = found.iter().filter(|(key, sides)| listed.get(key) != Some(sides)).collect();
    assert!(unlisted.is_empty(), "(parameter, keyword), (ours, theirs): {unlisted:#?}");
    let gone: Vec<_> = listed.keys().filter(|key| !found.contains_key(key)).collect();
    assert!(gone.is_empty(), "no longer different: {gone:#?}");
}

#[test]
fn both_sides_know_the_same_countries() {
    for first in 'A'..='Z' {
        for second in 'A'..='Z' {
            let code = format!("{first}{second}");
            let is_known = code.parse::<Country>().is_ok();
            assert_eq!(is_accepted(&json!({ "country": code })), is_known, "{code}");
        }
    }
    assert!(is_accepted(&json!({ "country": Country::all().map(Country::code).collect::<Vec<_>>() })));
}

#[test]
fn both_sides_take_http_for_the_same_addresses() {
    for parameter in WireField::ALL {
        if let Bounds::Url { loopback, .. } = parameter.bounds() {
            let name = parameter.name();
            assert!(is_accepted(&json!({ name: "https://localhost/" })), "{name}");
            assert_eq!(is_accepted(&json!({ name: "http://localhost/" })), loopback, "{name}");
        }
    }
}

fn steps(country: &str, document: &str, step: &Value) -> Value {
    json!({ "additionalSteps": { country: { document: { "STEP": step } } } })
}

#[test]
fn both_sides_know_the_same_levels_of_steps() {
    for document in DocumentType::ALL {
        let is_known = Steps::DOCUMENTS.contains(document);
        assert_eq!(is_accepted(&steps("ALL", document.as_str(), &json!({}))), is_known, "{document}");
    }
    assert!(is_accepted(&steps("ALL", "ALL", &json!({}))));
    for country in Country::all() {
        assert!(is_accepted(&steps(country.code(), "ALL", &json!({}))), "{}", country.code());
    }
    for code in ["UK", "lt", "any"] {
        assert!(!is_accepted(&steps(code, "ALL", &json!({}))), "{code}");
    }
}

#[test]
fn both_sides_know_the_same_parts_of_a_step() {
    let text = StepText { name: "N".into(), description: "D".into() };
    let whole = Step {
        kind: Some(StepType::Compare),
        fields: vec!["address".into()].into(),
        texts: vec![(Locale::new("en").unwrap(), text)].into(),
        can_upload: Some(true),
        can_capture: Some(true),
        can_upload_pdf: Some(true),
    };
    let place = StepPlace { country: None, document: None, name: StepName::new("STEP").unwrap() };
    let extra = Extra::Steps(Steps::new(vec![(place, whole)]).unwrap());
    let settings = EncodedSettings::new(&Settings { extra: &extra, ..Settings::default() });
    let body = TokenRequest::new(settings, ClientId::new("u-1").unwrap()).to_wire();
    let body: Value = serde_json::from_slice(&body).unwrap();
    let ours = body["additionalSteps"]["ALL"]["ALL"]["STEP"].clone();
    let theirs = schema()["$defs"]["step"]["properties"].clone();
    let keys = |value: &Value| -> BTreeSet<String> { value.as_object().unwrap().keys().cloned().collect() };

    assert_eq!(keys(&ours), keys(&theirs));
    assert_eq!(keys(&ours["settings"]), keys(&theirs["settings"]["properties"]));
    let texts = theirs["texts"]["patternProperties"].as_object().unwrap().values().next().unwrap();
    assert_eq!(keys(&ours["texts"]["en"]), keys(&texts["properties"]));
    let kinds: BTreeSet<_> = StepType::ALL.iter().map(|kind| kind.as_str()).collect();
    assert_eq!(written(&theirs["type"]), json!({ "enum": kinds }));
}
