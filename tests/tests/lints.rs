//! Levels and waivers of lints decide what is told and what is refused, and never what a policy does.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use kyc_policy::{
    Diagnostic, Digest, Kind, Level, PolicySet, RULES, Rule, Severity, SourceMap, check_policy, check_set,
    waived_to_json,
};
use kyc_tests::{Case, cases, corpus, entries, shipped};
use serde_json::json;

fn lints() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().copied().filter(|rule| matches!(rule.kind, Kind::Lint(_)))
}

fn set(text: &str) -> PolicySet {
    let (set, found) = check_set(&mut SourceMap::default(), "_set.yaml", text.as_bytes());
    assert!(found.iter().all(|found| found.severity() == Severity::Warning), "{text}\n{found:?}");
    set
}

/// The digests of the shipped policies under a set.
fn digests(set: &PolicySet) -> Vec<(Digest, Digest)> {
    let files = entries(&corpus("../../policies")).into_iter().filter(|path| {
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        path.extension().is_some_and(|extension| extension == "yaml") && !stem.starts_with('_')
    });
    let digest = |path: std::path::PathBuf| {
        let bytes = std::fs::read(&path).unwrap();
        let policy = check_policy(&mut SourceMap::default(), "a.yaml", None, &bytes, set).value.unwrap();
        (policy.digest(), policy.document_digest())
    };
    files.map(digest).collect()
}

#[test]
fn levels_and_waivers_change_no_digest() {
    let text = shipped("_set.yaml");
    let before = digests(&set(&text));
    assert_eq!(before.len(), 6);
    for level in Level::ALL {
        let levels: Vec<_> = lints().map(|lint| format!("{}: {}", lint.id, level.as_str())).collect();
        let levels = format!("{text}lints: {{ {} }}\n", levels.join(", "));
        assert_eq!(digests(&set(&levels)), before, "{level:?}");
    }
    let waiver = |lint: &Rule| {
        format!("  - {{ lint: {}, policy: eu-onboarding, reason: A test., until: 2027-01-01 }}\n", lint.id)
    };
    let about_waivers = ["waiver-expired", "waiver-unused"];
    let waivers: Vec<_> = lints().filter(|lint| !about_waivers.contains(&lint.id)).map(waiver).collect();
    let waivers = waivers.concat();
    assert_eq!(digests(&set(&format!("{text}waivers:\n{waivers}"))), before);
}

#[test]
fn lints_are_the_rules_with_a_level_and_are_called_so() {
    for rule in RULES {
        let word = match rule.kind {
            Kind::Error => "error",
            Kind::Lint(_) => "lint",
            Kind::Notice => "notice",
        };
        assert_eq!(
            (rule.kind.as_str(), rule.default_level().is_some()),
            (word, word == "lint"),
            "{}",
            rule.id
        );
    }
    let waivers = "waivers: [{ lint: plain-http, policy: shop, reason: A test., until: 2027-01-01 }]\n";
    assert_eq!((set("timezone: UTC\n").waivers().len(), set(waivers).waivers().len()), (0, 1));
}

/// The cases of the lints whose findings need neither other policies nor a day, nor a set of their own.
fn cases_alone() -> impl Iterator<Item = (&'static Rule, Case)> {
    let of = |lint: &'static Rule| {
        let cases = cases(&corpus("invalid").join(lint.id)).into_iter();
        cases.filter(|case| !case.is_near_miss()).map(move |case| (lint, case))
    };
    lints()
        .flat_map(of)
        .filter(|(_, case)| case.has(".yaml") && !case.has(".set.yaml") && !case.has(".client.json"))
}

/// Allowed, a finding is not told; denied, it is an error and nothing is proven; waived, it is told apart, whatever the
/// level, and the policy is as if it were not there.
#[test]
fn each_lint_obeys_its_level_and_its_waivers() {
    let mut seen = std::collections::BTreeSet::new();
    for (lint, case) in cases_alone() {
        let bytes = case.bytes(".yaml").unwrap();
        let check = |set: &PolicySet| {
            check_policy(&mut SourceMap::default(), "a.yaml", Some(&case.name), &bytes, set)
        };
        let level = |level: Level| set(&format!("lints: {{ {}: {} }}\n", lint.id, level.as_str()));
        let warned = check(&PolicySet::empty());
        let of_lint = |found: &[Diagnostic]| -> Vec<Severity> {
            found.iter().filter(|found| found.rule().id == lint.id).map(Diagnostic::severity).collect()
        };
        let number = of_lint(&warned.diagnostics).len();
        assert!(number > 0 && warned.value.is_some(), "{case}");
        seen.insert(lint.id);

        let allowed = check(&level(Level::Allow));
        assert_eq!(of_lint(&allowed.diagnostics), [], "{case}");
        let denied = check(&level(Level::Deny));
        assert_eq!(of_lint(&denied.diagnostics), vec![Severity::Error; number], "{case}");
        assert!(denied.value.is_none(), "{case}");

        let waiver = format!("lint: {}, policy: {}, reason: A test., until: 2027-01-01", lint.id, case.name);
        let excused = check(&set(&format!("lints: {{ {}: deny }}\nwaivers: [{{ {waiver} }}]\n", lint.id)));
        assert_eq!((of_lint(&excused.diagnostics), excused.waived.len()), (vec![], number), "{case}");
        for waived in &excused.waived {
            let told = waived_to_json(&SourceMap::default(), waived);
            assert_eq!(told["rule"], lint.id);
            assert_eq!(told["waived"], json!({ "reason": "A test.", "until": "2027-01-01" }), "{case}");
        }
        let digest =
            |checked: &kyc_policy::Checked<kyc_policy::Policy>| checked.value.as_ref().unwrap().digest();
        assert_eq!(digest(&excused), digest(&warned), "{case}");
    }
    assert!(seen.len() > 8, "{seen:?}");
}
