//! Every front end takes and refuses the same policies, and they become the same.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use kyc_tests::parity::{Declaration, Declared, Expected, Package, Route, check, declare, run};
use serde_json::{Value, json};

/// Where the packages lie.
const FOLDER: &str = env!("CARGO_TARGET_TMPDIR");

/// Rules that only texts can break, and why.
const OF_TEXTS: [(&str, &str); 23] = [
    ("anchor-or-alias", "YAML"),
    ("complex-key", "YAML"),
    ("control-character", "YAML"),
    ("empty-document", "a declaration without a key misses keys"),
    ("file-too-large", "a file"),
    ("malformed-host", "a set, which is always a file"),
    ("merge-key", "YAML"),
    ("name-differs-from-file", "a file"),
    ("nesting-too-deep", "the reader stops before there is a tree to write"),
    ("not-utf8", "a file"),
    ("policies-identical", "several files"),
    ("policy-subsumed", "several files"),
    ("retention-order", "a set, which is always a file"),
    ("rule-not-configurable", "a set, which is always a file"),
    ("second-document", "YAML"),
    ("set-misnamed", "a file"),
    ("snapshot-outdated", "a set, which is always a file"),
    ("snapshot-unpinned", "a folder with its set"),
    ("tab", "YAML"),
    ("tag", "YAML"),
    ("unknown-snapshot", "a set, which is always a file"),
    ("unknown-timezone", "a set, which is always a file"),
    ("yaml-syntax", "YAML"),
];

/// Rules that fields of a struct cannot break, and why.
const NOT_OF_FIELDS: [(&str, &str); 1] = [("client-field-twice", "a struct has no field twice")];

/// The rules that are broken by declarations of this route.
fn broken(declared: &Declared, route: Route) -> BTreeSet<&str> {
    let of_route = declared.all.iter().filter(|declaration| declaration.route == route);
    of_route
        .filter_map(|declaration| match &declaration.expected {
            Expected::Refused(rules) => Some(rules.iter().map(String::as_str)),
            Expected::Fine(_) => None,
        })
        .flatten()
        .collect()
}

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
    let path = package.root().to_str().expect("a path in UTF-8");
    let program = fs::read(package.program()).expect("the program");
    assert!(
        !String::from_utf8_lossy(&program).contains(path),
        "the program tells where it was built: {path}"
    );
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
    let path = package.root().to_str().expect("a path in UTF-8");
    for error in check(&package, &declarations) {
        if error.json.to_string().contains(path) {
            mistakes.push(format!("an error tells where it was built: {:#}", error.json));
        }
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

#[test]
fn every_rule_is_broken_in_every_way_that_can_break_it() {
    let declared = declare(&Package::new(Path::new(FOLDER), "refused"));
    let of_files = broken(&declared, Route::Folder);
    let of_texts: Vec<_> = OF_TEXTS.iter().map(|(rule, _)| *rule).collect();
    let others = |route| of_files.difference(&broken(&declared, route)).copied().collect::<Vec<_>>();
    assert_eq!(others(Route::Tokens), of_texts);
    let mut not_of_fields = of_texts;
    not_of_fields.extend(NOT_OF_FIELDS.iter().map(|(rule, _)| *rule));
    not_of_fields.sort_unstable();
    assert_eq!(others(Route::Struct), not_of_fields);
}
