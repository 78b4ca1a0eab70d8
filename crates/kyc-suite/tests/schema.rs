//! The schema of test files, through a validator and a YAML reader that are not ours.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// The test files of a folder of policies.
fn files(folder: &str) -> Vec<PathBuf> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join("tests");
    let paths = fs::read_dir(tests).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = paths.filter(|path| path.extension().is_some_and(|of| of == "yaml")).collect();
    paths.sort();
    paths
}

fn document(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap()
}

fn validator() -> jsonschema::Validator {
    jsonschema::validator_for(&serde_json::from_str(&kyc_suite::schema()).unwrap()).unwrap()
}

fn mistakes(document: &Value) -> Vec<String> {
    validator().iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn what_is_read_fits_the_schema() {
    for folder in
        ["../../policies", "tests/fixtures/passing", "tests/fixtures/failing", "tests/fixtures/unusual"]
    {
        for path in files(folder) {
            let found = mistakes(&document(&fs::read_to_string(&path).unwrap()));
            assert!(found.is_empty(), "{}: {found:#?}", path.display());
        }
    }
}

/// Each by itself: one mistake would hide another.
#[test]
fn slips_are_marked() {
    let whole = "policy: shop\nnow: 2026-05-15T12:00:00Z\ncases:\n  - { name: a, facts: { age: 18 }, expect: accept }\n";
    assert_eq!(mistakes(&document(whole)), Vec::<String>::new());
    for (from, to) in [
        ("policy: shop\n", ""),
        ("now: ", "nov: "),
        ("name: a, ", ""),
        ("facts: { age: 18 }", "facts: { aged: 18 }"),
        ("age: 18", "age: 151"),
        ("age: 18", "country: UK"),
        ("age: 18", "document: PASPORT"),
        ("age: 18", "aml: sanction"),
        ("age: 18", "untraced: checks.livenes"),
        ("facts: { age: 18 }", "each: { country: [lt] }"),
        ("facts: { age: 18 }", "each: {}"),
        ("facts: { age: 18 }", "each: { age: [] }"),
        ("facts: { age: 18 }", "client: { firstname: Ann }"),
        ("facts: { age: 18 }", "without: contry"),
        ("expect: accept", "expect: acept"),
        ("expect: accept", "expect: { reasons: [to-young] }"),
        ("expect: accept", "expect: { problems: [{ age-outside: birthday }] }"),
        ("expect: accept", "expect: {}"),
        (", expect: accept", ""),
    ] {
        assert!(whole.contains(from), "{from}");
        let text = whole.replace(from, to);
        assert!(!mistakes(&document(&text)).is_empty(), "{text}");
    }
}

#[test]
fn the_shipped_schema_is_fresh() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies/tests").join(kyc_suite::SCHEMA_FILE);
    assert!(fs::read_to_string(path).unwrap() == kyc_suite::schema(), "run `cargo xtask generate`");
}
