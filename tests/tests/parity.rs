//! Every front end takes and refuses the same policies, and they become the same.

#![expect(clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::path::Path;

use kyc_tests::parity::{Declaration, Expected, Package, check, declare, run};
use serde_json::{Value, json};

/// Where the packages lie.
const FOLDER: &str = env!("CARGO_TARGET_TMPDIR");

fn report(mistakes: &[String]) {
    assert!(mistakes.is_empty(), "{} mistakes:\n\n{}", mistakes.len(), mistakes.join("\n"));
}

#[test]
fn what_is_fine_becomes_the_same_policy_in_every_way() {
    let package = Package::new(Path::new(FOLDER), "fine");
    let declared = declare(&package);
    let fine: Vec<(&Declaration, &Vec<Value>)> = declared
        .all
        .iter()
        .filter_map(|declaration| match &declaration.expected {
            Expected::Fine(facts) => Some((declaration, facts)),
            Expected::Refused(_) => None,
        })
        .collect();
    let declarations: Vec<_> = fine.iter().map(|(declaration, _)| *declaration).collect();
    let lines = run(&package, &declarations);
    assert_eq!(lines.len(), fine.len());
    let mut mistakes = Vec::new();
    for ((declaration, facts), line) in fine.iter().zip(&lines) {
        let Declaration { folder, route, .. } = declaration;
        let expected =
            json!({ "folder": folder, "route": route.to_string(), "facts": facts, "differing": [] });
        if *line != expected {
            mistakes.push(format!("{folder} ({route}): expected {expected:#}\nbut got {line:#}"));
        }
    }
    report(&mistakes);
}

#[test]
fn what_is_refused_breaks_the_same_rules_in_every_way() {
    let package = Package::new(Path::new(FOLDER), "refused");
    let declared = declare(&package);
    let refused: Vec<(&Declaration, &Vec<String>)> = declared
        .all
        .iter()
        .filter_map(|declaration| match &declaration.expected {
            Expected::Refused(ids) => Some((declaration, ids)),
            Expected::Fine(_) => None,
        })
        .collect();
    let declarations: Vec<_> = refused.iter().map(|(declaration, _)| *declaration).collect();
    let mut broken: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let mut mistakes = Vec::new();
    for error in check(&package, &declarations) {
        match (error.declaration, error.rule) {
            (Some(number), Some(rule)) => broken.entry(number).or_default().push(rule),
            _ => mistakes.push(format!("an error of no rule, or of no declaration: {:#}", error.json)),
        }
    }
    for (number, (declaration, expected)) in refused.iter().enumerate() {
        let mut rules = broken.remove(&number).unwrap_or_default();
        rules.sort_unstable();
        if rules != **expected {
            let Declaration { folder, route, .. } = declaration;
            mistakes.push(format!("{folder} ({route}): expected {expected:?}, but got {rules:?}"));
        }
    }
    report(&mistakes);
}
