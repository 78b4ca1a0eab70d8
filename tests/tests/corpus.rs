//! The corpus: every policy, set and client under `corpus/` has the outcome that stands beside it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;

use kyc_policy::{Client, ClientInput, Severity, merge};
use kyc_tests::{
    Case, accepted_by_the_sandbox, cases, corpus, entries, file_name, is_updating, now, read_back,
};
use serde_json::{Value, json};

/// Compares `text` with the snapshot of `case`, or writes it.
fn compare_snapshot(case: &Case, text: &str, mistakes: &mut Vec<String>) {
    let path = case.path(".txt");
    let known = fs::read_to_string(&path).ok();
    if known.as_deref() == Some(text) {
        return;
    }
    if is_updating() {
        fs::write(&path, text).unwrap();
        return;
    }
    mistakes.push(match known {
        Some(known) => format!("{case}: not as in the snapshot\n--- snapshot\n{known}--- now\n{text}"),
        None => format!("{case}: no snapshot; this is what it would hold\n{text}"),
    });
}

/// What is wrong with one case of the rule `rule`: it breaks this rule and no other, or (a near miss) not this one.
fn check_invalid(case: &Case, rule: &str, mistakes: &mut Vec<String>) {
    let outcome = case.run();
    let errors = outcome.rules(Severity::Error);
    let is_of_rule = outcome.diagnostics.iter().any(|diagnostic| diagnostic.rule().id == rule);
    if case.is_near_miss() {
        if is_of_rule || !errors.is_empty() {
            mistakes.push(format!("{case}: a near miss is refused\n{}", outcome.rendered()));
        }
        return;
    }
    compare_snapshot(case, &outcome.rendered(), mistakes);
    if !is_of_rule {
        mistakes.push(format!("{case}: `{rule}` is not among the diagnostics\n{}", outcome.rendered()));
    }
    // That there are too many mistakes is said beside mistakes of other rules, and of no rule's own.
    let others: Vec<_> = errors.iter().filter(|id| **id != rule && rule != "too-many-mistakes").collect();
    if !others.is_empty() {
        mistakes.push(format!("{case}: secondary errors {others:?}\n{}", outcome.rendered()));
    }
}

/// What a valid case becomes, or what is wrong with it.
fn golden(case: &Case) -> Result<Value, String> {
    let mut outcome = case.run();
    let Some(policy) = &outcome.policy else {
        return Err(format!("{case}: has mistakes\n{}", outcome.rendered()));
    };
    if policy.name() != case.name {
        return Err(format!("{case}: is named `{}`", policy.name()));
    }
    let warnings = outcome.rules(Severity::Warning);
    let merged = match outcome.merged.take() {
        Some(merged) => merged,
        None if case.has(".client.json") => {
            return Err(format!("{case}: the client is refused\n{}", outcome.rendered()));
        }
        None => {
            let mut input = ClientInput::default();
            input.text("client_id", "user-1");
            merge(policy, Client::read(&input), now()).map_err(|problems| format!("{case}: {problems:?}"))?
        }
    };
    let wire = merged.request().to_wire();
    accepted_by_the_sandbox(policy, &wire).map_err(|refusal| format!("{case}: {refusal}"))?;
    read_back(policy).map_err(|problem| format!("{case}: {problem}"))?;
    Ok(json!({
        "digest": policy.digest().to_string(),
        "document_digest": policy.document_digest().to_string(),
        "wire": serde_json::from_slice::<Value>(&wire).unwrap(),
        "wire_text": String::from_utf8(wire.to_vec()).unwrap(),
        "warnings": warnings,
    }))
}

fn report(mistakes: &[String]) {
    assert!(mistakes.is_empty(), "{} mistakes:\n\n{}", mistakes.len(), mistakes.join("\n"));
}

#[test]
fn each_rule_refuses_its_cases_and_takes_its_near_misses() {
    let mut mistakes = Vec::new();
    for folder in entries(&corpus("invalid")) {
        let rule = file_name(&folder);
        for case in cases(&folder) {
            check_invalid(&case, &rule, &mut mistakes);
        }
    }
    report(&mistakes);
}

#[test]
fn valid_policies_keep_their_digests_and_requests() {
    let mut mistakes = Vec::new();
    for case in cases(&corpus("valid")) {
        let now = match golden(&case) {
            Ok(golden) => golden,
            Err(mistake) => {
                mistakes.push(mistake);
                continue;
            }
        };
        let path = case.path(".golden.json");
        let Ok(known) = fs::read(&path) else {
            if is_updating() {
                fs::write(&path, serde_json::to_string_pretty(&now).unwrap() + "\n").unwrap();
            } else {
                mistakes.push(format!("{case}: no golden; it would be {now:#}"));
            }
            continue;
        };
        // An existing golden is never rewritten: what a released version has digested keeps its digest.
        let known: Value = serde_json::from_slice(&known).unwrap();
        for key in ["digest", "document_digest", "wire", "wire_text", "warnings"] {
            if known[key] != now[key] {
                mistakes.push(format!("{case}: `{key}` was {}, and is {}", known[key], now[key]));
            }
        }
    }
    report(&mistakes);
}

#[test]
fn policies_that_mean_the_same_have_the_same_digest_and_others_differ() {
    let mut pairs: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for case in cases(&corpus("valid")) {
        let pair = case.name.strip_suffix("-a").or(case.name.strip_suffix("-b"));
        if let Some(pair) = pair.filter(|pair| pair.starts_with("same-") || pair.starts_with("differ-")) {
            let policy = case.run().policy.unwrap_or_else(|| panic!("{case}: has mistakes"));
            pairs.entry(pair.to_owned()).or_default().push((policy.digest(), policy.document_digest()));
        }
    }
    assert!(pairs.len() > 10, "{}", pairs.len());
    for (pair, digests) in pairs {
        let [a, b] = digests.as_slice() else { panic!("{pair}: needs both `-a` and `-b`") };
        assert_eq!(a.0 == b.0, pair.starts_with("same-"), "{pair}");
        assert_ne!(a.1, b.1, "{pair}: the names differ, so the documents do");
    }
}
