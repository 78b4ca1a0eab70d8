//! Many mistakes at once: each is told once, at its own line and column.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use kyc_policy::to_json;
use kyc_tests::{Case, cases, corpus, is_updating};
use serde_json::Value;

/// `rule line column` of each diagnostic, one in a line; a set's diagnostics come first.
fn table(case: &Case) -> String {
    let outcome = case.run();
    let all = to_json(outcome.sources(), &outcome.diagnostics);
    let line = |one: &Value| {
        format!(
            "{} {}:{}:{}\n",
            one["rule"].as_str().unwrap(),
            one["file"].as_str().unwrap(),
            one["line"],
            one["column"]
        )
    };
    all.as_array().unwrap().iter().map(line).collect()
}

#[test]
fn every_mistake_is_told_once_at_its_place() {
    for case in cases(&corpus("many")) {
        let (path, now) = (case.path(".txt"), table(&case));
        let known = fs::read_to_string(&path).unwrap_or_default();
        if known != now && is_updating() {
            fs::write(&path, now).unwrap();
        } else {
            assert_eq!(known, now, "{case}");
        }
    }
}

#[test]
fn ten_mistakes_on_ten_lines_give_ten_diagnostics() {
    let case = Case { folder: corpus("many"), name: "ten-mistakes".to_owned() };
    let outcome = case.run();
    let all = to_json(outcome.sources(), &outcome.diagnostics);
    let lines: Vec<_> = all.as_array().unwrap().iter().map(|one| one["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, (1..=10).collect::<Vec<_>>());
}
