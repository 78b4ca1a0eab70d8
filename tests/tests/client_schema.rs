//! The schema of a client's data, through a validator that is not ours, against the merge: what the merge takes, the
//! schema takes, and what the schema takes is refused for the stated rules alone.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use kyc_policy::{
    BEYOND_THE_SCHEMA, Client, ClientField, Policy, PolicySet, RULES, SourceMap, check_policy,
    client_field_schema, client_schema, merge, read_json,
};
use kyc_tests::generate::{self, Format};
use kyc_tests::now;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use unicode_normalization::UnicodeNormalization as _;

fn policy(text: &str) -> Policy {
    let mut sources = SourceMap::default();
    let checked = check_policy(&mut sources, "p.yaml", Some("p"), text.as_bytes(), &PolicySet::empty());
    checked.value.unwrap_or_else(|| panic!("{:?}\n{text}", checked.diagnostics))
}

/// The rules by which the merge refuses `data`.
fn refused_by(policy: &Policy, data: &Value) -> BTreeSet<&'static str> {
    let client = Client::read(&read_json(data.to_string().as_bytes()).unwrap());
    let problems = merge(policy, client, now()).err().unwrap_or_default();
    problems.iter().map(|problem| problem.rule().id).collect()
}

fn agree(policy: &Policy, data: &Value) -> Result<(), TestCaseError> {
    let validator = jsonschema::validator_for(&client_schema(policy)).unwrap();
    let refused = refused_by(policy, data);
    let errors: Vec<_> = validator.iter_errors(data).map(|error| error.to_string()).collect();
    if errors.is_empty() {
        let beyond: BTreeSet<_> = BEYOND_THE_SCHEMA.into();
        prop_assert!(refused.is_subset(&beyond), "the schema takes what {refused:?} refuse: {data}");
    } else {
        prop_assert!(!refused.is_empty(), "the schema refuses what the merge takes: {data}\n{errors:#?}");
    }
    Ok(())
}

/// Values of every kind for every field, near its bounds and far from them.
fn value() -> impl Strategy<Value = Value> {
    let texts = prop_oneof![
        any::<String>(),
        r"[ -~]{0,3}",
        r"[A-Za-zÀ-ž '’.&-]{0,8}",
        r"\PC{0,5}",
        r"(19|20|22)[0-9]{2}-[01][0-9]-[0-3][0-9]",
        r"[A-Z]{2}",
        r"a{39,42}|a{49,52}|a{99,102}|a{254,257}",
        r"[\s\p{Cf}\p{Cc}]?[a-z][\s\p{Cf}\p{Cc}٠-٩]?[a-z][\s\p{Cf}\p{Cc}]?",
        Just("ALL".to_owned()),
        Just("M".to_owned()),
    ];
    let texts = texts.prop_map(|text| json!(text.nfc().collect::<String>())).boxed();
    let names = prop_oneof!["BILL|ENERGY|[A-Z_-]{1,3}", r"\PC{0,3}"];
    let step = prop::collection::btree_map(names.clone(), texts.clone(), 0..3);
    let steps = prop::collection::btree_map(names, step, 0..3).prop_map(|steps| json!(steps));
    prop_oneof![
        8 => texts,
        2 => steps,
        1 => Just(Value::Null),
        1 => prop_oneof![Just(json!(true)), Just(json!(1)), Just(json!([])), Just(json!({ "a": 1 }))],
    ]
}

/// A client's data: mostly well formed, with one field or two of any kind.
fn data() -> impl Strategy<Value = Value> {
    let names: Vec<_> = ClientField::WRITTEN.iter().copied().chain(["name", "reissue"]).collect();
    let odd = prop::collection::vec((prop::sample::select(names), value()), 0..3);
    (generate::fields(), odd).prop_map(|(fields, odd)| {
        let mut data: Map<_, _> =
            fields.into_iter().map(|(key, text)| (key.to_owned(), json!(text))).collect();
        data.extend(odd.into_iter().map(|(key, value)| (key.to_owned(), value)));
        Value::Object(data)
    })
}

const PLAIN: Format =
    Format { flow: false, quotes: None, comments: false, crlf: false, mark: false, reversed: false };

/// A policy that takes every field, so that none is refused for being there.
const ALL_TAKEN: &str = "name: p\ncountries: any\ndocuments: any\nnationality: { deny: [KP] }\n\
    steps: { ALL: { ALL: { BILL: { type: COMPARE, fields: [number] } } } }\n\
    client: { accept: [external_ref, name, date_of_birth, nationality, document_number, personal_number, sex, \
    date_of_expiry, date_of_issue, address, document_country, locale, step_data] }\n";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn schema_and_merge_agree_under_any_policy(written in generate::policy(), data in data()) {
        agree(&policy(&generate::write(&written, PLAIN)), &data)?;
    }

    #[test]
    fn schema_and_merge_agree_on_every_value(
        field in prop::sample::select(ClientField::ALL),
        value in value(),
    ) {
        let mut data = json!({ "client_id": "user-1" });
        data.as_object_mut().unwrap().insert(field.to_string(), value);
        agree(&policy(ALL_TAKEN), &data)?;
    }
}

#[test]
fn what_each_field_takes_and_refuses() {
    let policy = policy(ALL_TAKEN);
    for (field, takes, refuses) in [
        ("client_id", vec!["user-1", "a b"], vec!["", " a", "ž"]),
        ("external_ref", vec!["žąsis / 7"], vec!["", "a\u{200b}b", "a "]),
        (
            "first_name",
            vec!["Žydrūnė Мария", "O'Brien", "李", "\u{915}\u{94d}\u{200d}\u{937}"],
            vec!["J0hn", "a_b", "-\u{a0}", "\"x"],
        ),
        ("date_of_birth", vec!["1990-05-15"], vec!["1899-12-31", "2201-01-01", "15.05.1990", "1990-13-01"]),
        ("nationality", vec!["LT"], vec!["KP", "ALL", "lt", "XX"]),
        ("sex", vec!["M", "F"], vec!["female"]),
        ("locale", vec!["lt"], vec!["l", "l t"]),
        ("document_country", vec!["LT"], vec!["Lithuania"]),
        ("document_number", vec!["LX 12345"], vec!["\n", "a\u{202e}b"]),
    ] {
        let validator = jsonschema::validator_for(&client_schema(&policy)).unwrap();
        let data = |value: &str| {
            let mut data = json!({ "client_id": "user-1" });
            data.as_object_mut().unwrap().insert(field.to_owned(), json!(value));
            data
        };
        for value in takes {
            assert!(validator.is_valid(&data(value)), "{field} takes {value}");
            assert_eq!(refused_by(&policy, &data(value)), BTreeSet::new(), "{field} takes {value}");
        }
        for value in refuses {
            assert!(!validator.is_valid(&data(value)), "{field} refuses {value:?}");
            assert_ne!(refused_by(&policy, &data(value)), BTreeSet::new(), "{field} refuses {value:?}");
        }
    }
}

#[test]
fn countries_are_those_of_the_policy() {
    let policy = policy(
        "name: p\ncountries: [LT, LV]\ndocuments: any\nnationality: { deny: [KP] }\nclient: { accept: [document_country, nationality] }\n",
    );
    let validator = jsonschema::validator_for(&client_schema(&policy)).unwrap();
    for (field, country, fits) in [
        ("document_country", "LT", true),
        ("document_country", "EE", false),
        ("nationality", "EE", true),
        ("nationality", "KP", false),
    ] {
        let data = json!({ "client_id": "u", field: country });
        assert_eq!(validator.is_valid(&data), fits, "{data}");
        assert_eq!(refused_by(&policy, &data).is_empty(), fits, "{data}");
    }
}

#[test]
fn a_name_is_either_of_two() {
    let policy = policy("name: p\ncountries: any\ndocuments: any\nclient: { require: [name] }\n");
    let validator = jsonschema::validator_for(&client_schema(&policy)).unwrap();
    for (data, fits) in [
        (json!({ "client_id": "u" }), false),
        (json!({ "client_id": "u", "first_name": null }), false),
        (json!({ "client_id": "u", "last_name": "Doe" }), true),
        (json!({ "client_id": "u", "last_name": "Doe", "first_name": null }), true),
        (json!({ "client_id": null, "last_name": "Doe" }), false),
    ] {
        assert_eq!(validator.is_valid(&data), fits, "{data}");
        assert_eq!(refused_by(&policy, &data).is_empty(), fits, "{data}");
    }
}

/// Each rule that is said to be beyond the schema is one, and refuses something that the schema takes.
#[test]
fn the_rules_beyond_the_schema_are_beyond_it() {
    let with = |more: &str| policy(&format!("name: p\ncountries: any\ndocuments: any\n{more}"));
    let all = policy(ALL_TAKEN);
    let cases = [
        ("client-value-invalid", all.clone(), json!({ "client_id": "u", "first_name": "٣" })),
        (
            "age-outside",
            with("age: { min: 18 }\nclient: { require: [date_of_birth] }\n"),
            json!({ "client_id": "u", "date_of_birth": "2015-01-01" }),
        ),
        ("date-in-future", all.clone(), json!({ "client_id": "u", "date_of_issue": "2100-01-01" })),
        ("document-expired", all.clone(), json!({ "client_id": "u", "date_of_expiry": "2001-01-01" })),
        ("step-data-mismatch", all, json!({ "client_id": "u", "step_data": { "OTHER": { "number": "1" } } })),
        ("not-effective", with("effective: { from: 2027-01-01 }\n"), json!({ "client_id": "u" })),
    ];
    assert_eq!(cases.each_ref().map(|(rule, ..)| *rule), BEYOND_THE_SCHEMA);
    for (rule, policy, data) in cases {
        assert!(RULES.iter().any(|known| known.id == rule), "{rule}");
        assert!(
            jsonschema::validator_for(&client_schema(&policy)).unwrap().is_valid(&data),
            "{rule}: {data}"
        );
        assert_eq!(refused_by(&policy, &data), BTreeSet::from([rule]));
    }
}

#[test]
fn every_field_has_a_schema_of_its_own() {
    for field in ClientField::ALL {
        let schema = client_field_schema(*field);
        assert!(jsonschema::draft202012::meta::is_valid(&schema), "{field}: {schema}");
        let validator = jsonschema::validator_for(&schema).unwrap();
        assert!(validator.is_valid(&Value::Null) && !validator.is_valid(&json!(true)), "{field}: {schema}");
    }
}
