//! The shipped schemas, through a validator and a YAML reader that are not ours: what the check takes, they take, and
//! what they can refuse, they refuse.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jsonschema::Validator;
use kyc_policy::{
    FIELDS, PolicySet, RULES, SET_FIELDS, Severity, SourceMap, check_policy, check_set, policy_schema,
    set_schema,
};
use kyc_tests::generate::{self, Format};
use kyc_tests::{cases, corpus, entries, file_name, shipped};
use proptest::prelude::*;
use serde_json::Value;

/// Whether a schema can refuse what breaks a rule.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    /// It does.
    Refused,
    /// It cannot: the mistake is in the text, and the data that a validator sees no longer has it.
    Text,
    /// It cannot: the mistake is about the names of files.
    FileNames,
    /// It cannot: another file takes part, the set.
    Set,
    /// It cannot: another file takes part, the policy that is extended.
    Parent,
    /// It cannot: values of several keys, or several values of a list, take part. Some of these could be said with
    /// conditions, but each such rule has its one place in `rules/`.
    Several,
    /// It must not: this is a warning.
    Warning,
    /// It cannot: the mistake is in the data of a client.
    Client,
}

use Reach::{Client, FileNames, Parent, Refused, Set, Several, Text, Warning};

#[rustfmt::skip]
const REACH: &[(Reach, &[&str])] = &[
    (Refused, &[
        "empty-document", "unknown-key", "missing-key", "wrong-type", "unknown-word", "unknown-country",
        "malformed-value", "number-out-of-bounds", "empty-list", "any-not-here", "text-too-long", "too-many-entries",
        "too-many-mistakes", "malformed-name", "group-name-taken", "unknown-snapshot", "unknown-timezone", "malformed-host",
        "countries-empty", "documents-empty", "document-never-results", "eid-among-documents", "not-an-eid",
        "malformed-url", "client-field-twice", "vendor-field-known", "vendor-value", "verdict-accepts", "pep-rejected",
        "rule-not-configurable",
    ]),
    (Text, &[
        "file-too-large", "not-utf8", "control-character", "invisible-character", "yaml-syntax", "nesting-too-deep",
        "tab", "anchor-or-alias", "tag", "merge-key", "second-document", "complex-key", "duplicate-key",
    ]),
    (FileNames, &["name-differs-from-file", "set-misnamed"]),
    (Set, &[
        "governance-missing", "must-state", "ceiling-exceeded", "reverify-too-seldom", "host-not-listed",
        "webhook-bypasses-verdict",
    ]),
    (Parent, &["parent-missing", "extends-cycle", "extends-too-deep", "unsets-nothing", "looser-than-parent"]),
    (Several, &[
        "effective-never", "listed-and-excluded", "exclusion-removes-nothing", "document-row-unreachable",
        "country-without-documents", "deny-and-review", "age-min-above-max", "minors-unexplained",
        "face-check-without-face", "questionnaire-required-without-one", "utility-bill-with-steps",
        "step-unreachable", "nfc-required-in-iframe", "placeholder-not-required", "redirect-in-iframe",
        "client-field-fixed", "step-data-without-steps", "loosens-nothing", "retention-order",
    ]),
    (Warning, &[
        "account-decides", "hosts-unlisted", "file-ignored", "redundant-entry", "denied-by-set",
        "matrix-not-enforceable", "nothing-to-compare", "driver-license-not-accepted", "expiry-below-session",
        "session-length-at-edge", "plain-http", "client-id-in-url", "vendor-field", "waiver-expired", "waiver-unused",
        "review-overdue", "snapshot-unpinned", "snapshot-outdated", "policies-identical", "policy-subsumed",
    ]),
    (Client, &[
        "client-field-unknown", "client-field-given-twice", "client-value-invalid", "client-field-missing",
        "client-field-unexpected", "client-id-is-email", "age-outside", "document-country-outside",
        "nationality-denied", "document-expired", "date-in-future", "step-data-mismatch", "not-effective", "loosening-expired",
    ]),
];

/// Cases that are otherwise than the rest of their rule, with the reason.
#[rustfmt::skip]
const OTHERWISE: &[(&str, &[&str])] = &[
    ("several keys or entries take part", &[
        "client-field-twice/first-name-and-name", "client-field-twice/in-both-lists",
        "client-field-twice/name-and-first-name", "countries-empty/only-exclusions",
        "unknown-word/key-of-the-set-in-a-waiver",
    ]),
    ("the file is one of a folder, and no case of its own", &["unknown-word/inherited-and-refused", "wrong-type/map-for-an-inherited-flag"]),
    ("a policy that extends another may inherit the other text", &["missing-key/description-of-a-step"]),
    ("the set takes part", &["countries-empty/all-denied-by-the-set", "countries-empty/group-that-the-set-denies",
        "verdict-accepts/forbidden-by-the-set"]),
    ("it may be a group of the set", &["unknown-country/alpha-3", "unknown-country/misspelt-group"]),
    ("the database of time zones takes part", &[
        "unknown-timezone/city-alone", "unknown-timezone/misspelt", "unknown-timezone/other-case",
    ]),
    ("YAML reads another notation of the same value", &[
        "malformed-value/capital-true", "malformed-value/four-decimals", "malformed-value/hexadecimal",
        "malformed-value/threshold-without-zero", "vendor-value/exponent", "vendor-value/leading-zero",
    ]),
    ("only arithmetic can tell", &["malformed-value/hours-of-remaining-validity"]),
    ("YAML reads a word as a text, as null or as a flag without being asked", &[
        "vendor-value/nothing", "vendor-value/word-without-quotes", "vendor-value/yes",
    ]),
    ("the standard of addresses is more than a pattern", &[
        "malformed-url/short-number", "malformed-url/placeholder-in-a-query-key",
        "malformed-url/placeholder-in-the-fragment", "malformed-host/port-of-letters",
        "malformed-host/port-zero-and-more",
    ]),
    ("a placeholder is as long as what fills it", &[
        "malformed-url/longer-than-2048", "malformed-url/too-long-once-filled",
    ]),
    ("`-any` is a word that nothing takes", &["listed-and-excluded/any"]),
];

/// Files that the check takes and an editor does not, with the reason.
const READ_OTHERWISE: &[(&str, &str)] =
    &[("questionnaire-required-without-one/false.yaml", "`name: false`, which `kyc fmt` writes in quotes")];

static POLICY: LazyLock<Validator> = LazyLock::new(|| validator(&policy_schema()));
static SET: LazyLock<Validator> = LazyLock::new(|| validator(&set_schema()));

fn validator(schema: &str) -> Validator {
    let schema: Value = serde_json::from_str(schema).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    jsonschema::draft202012::options().should_validate_formats(true).build(&schema).unwrap()
}

/// What an editor says of a file: why its YAML reader or its schema refuses it, if one does.
fn refusal(path: &Path, bytes: &[u8]) -> Option<String> {
    let name = file_name(path);
    let is_set = name.ends_with(".set.yaml") || name == "_set.yaml";
    let validator = if is_set { &SET } else { &POLICY };
    // Editors take a byte order mark off; the YAML reader does not.
    let value: Value = match serde_yaml::from_slice(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)) {
        Ok(value) => value,
        Err(error) => return Some(format!("{}: {error}", path.display())),
    };
    let errors: Vec<_> = validator
        .iter_errors(&value)
        .map(|error| format!("{}: {error:.200}", error.instance_path()))
        .collect();
    let is_known = READ_OTHERWISE.iter().any(|(file, _)| path.ends_with(file));
    (errors.is_empty() == is_known).then(|| format!("{}: {}", path.display(), errors.join("; ")))
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yaml")
}

/// The policies and sets of a folder, those in folders below it too.
fn files(folder: &Path) -> Vec<PathBuf> {
    let below =
        entries(folder).into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] });
    below.filter(|path| is_yaml(path)).collect()
}

fn reach(rule: &str) -> Reach {
    let of_rule = REACH.iter().find(|(_, rules)| rules.contains(&rule));
    of_rule.unwrap_or_else(|| panic!("say in `REACH` whether a schema can refuse what breaks `{rule}`")).0
}

#[test]
fn every_rule_is_sorted_by_whether_a_schema_reaches_it() {
    let mut sorted: Vec<_> = REACH.iter().flat_map(|(_, rules)| rules.iter().copied()).collect();
    sorted.sort_unstable();
    let distinct: BTreeSet<_> = sorted.iter().copied().collect();
    assert_eq!(sorted.len(), distinct.len(), "a rule twice");
    assert_eq!(distinct, RULES.iter().map(|rule| rule.id).collect::<BTreeSet<_>>());
    for rule in RULES {
        let is_of_a_policy = !matches!(reach(rule.id), Client | Text);
        let is_warning = rule.kind.severity() == Severity::Warning && is_of_a_policy;
        assert_eq!(is_warning, reach(rule.id) == Warning, "{}", rule.id);
    }
}

/// A policy that the check takes is one that the schema takes.
#[test]
fn valid_files_pass() {
    let mut passed = 0;
    let shipped = entries(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../policies"))
        .into_iter()
        .filter(|path| is_yaml(path));
    let near_misses =
        files(&corpus("invalid")).into_iter().filter(|path| file_name(path).starts_with("near-miss"));
    for path in files(&corpus("valid")).into_iter().chain(shipped).chain(near_misses) {
        assert_eq!(refusal(&path, &std::fs::read(&path).unwrap()), None);
        passed += 1;
    }
    assert!(passed > 200, "{passed}");
}

/// Each case that a schema can refuse is refused, and each that it cannot is not.
#[test]
fn invalid_files_fail_where_a_schema_reaches() {
    let mut mistakes = Vec::new();
    let mut counts: BTreeMap<Reach, usize> = BTreeMap::new();
    let mut otherwise: BTreeSet<_> = OTHERWISE.iter().flat_map(|(_, cases)| cases.iter().copied()).collect();
    for folder in entries(&corpus("invalid")) {
        let rule = file_name(&folder);
        let reach = reach(&rule);
        for case in cases(&folder).into_iter().filter(|case| !case.is_near_miss()) {
            *counts.entry(reach).or_default() += 1;
            let of_case = [".yaml", ".set.yaml"].into_iter().filter(|suffix| case.has(suffix));
            let refusals: Vec<_> = of_case
                .filter_map(|suffix| refusal(&case.path(suffix), &case.bytes(suffix).unwrap()))
                .collect();
            let is_otherwise = otherwise.remove(&*case.to_string());
            match (reach, refusals.as_slice()) {
                (Refused, []) if !is_otherwise => mistakes.push(format!("{case} is taken")),
                (Refused, [refusal, ..]) if is_otherwise => {
                    mistakes.push(format!("{case} is refused: {refusal}"));
                }
                // What becomes of such a text is up to the reader.
                (Refused | Text, _) => {}
                (_, [refusal, ..]) if !is_otherwise => mistakes.push(format!("{case} is refused: {refusal}")),
                (_, []) if is_otherwise => mistakes.push(format!("{case} is taken")),
                _ => {}
            }
        }
    }
    assert!(mistakes.is_empty(), "{}\n{}", mistakes.len(), mistakes.join("\n"));
    assert!(otherwise.is_empty(), "no such case: {otherwise:?}");
    assert!(counts[&Refused] > 100, "{}", counts[&Refused]);
}

/// No key of the tables is left out.
#[test]
fn every_key_is_in_its_schema_and_says_what_it_means() {
    let properties = |schema: &Value, key: &str| {
        let at = |schema: &Value, key: &str| schema["properties"][key].clone();
        match key.split_once('.') {
            None => at(schema, key),
            Some((section, key)) => {
                let section = at(schema, section);
                let object =
                    section["anyOf"].as_array().and_then(|any| any.last().cloned()).unwrap_or(section);
                at(&object, key)
            }
        }
    };
    let (policy, set): (Value, Value) =
        (serde_json::from_str(&policy_schema()).unwrap(), serde_json::from_str(&set_schema()).unwrap());
    let keys = FIELDS.iter().map(|field| (&policy, field.key, field.meaning));
    for (schema, key, meaning) in keys.chain(SET_FIELDS.iter().map(|field| (&set, field.key, field.meaning)))
    {
        let property = properties(schema, key);
        let description = property["description"].as_str().unwrap_or_else(|| panic!("{key}: {property}"));
        let meaning = meaning.replace('`', "");
        assert!(description.to_lowercase().contains(&meaning.to_lowercase()), "{key}: {description}");
        // A description alone would take anything.
        assert!(property.as_object().unwrap().len() > 1, "{key} takes anything");
    }
}

#[test]
fn the_shipped_schemas_are_fresh() {
    assert!(shipped("policy.schema.json") == policy_schema(), "run `cargo xtask generate`");
    assert!(shipped("set.schema.json") == set_schema(), "run `cargo xtask generate`");
}

/// Where a text stands, what texts there look like, and whether the schema tells all of them from others.
const TEXTS: &[Place] = &[
    ("token: { expires_in: @ }", "[0-9]{1,8}[smhdy]|[0-9smhdy. -]{1,4}", true),
    ("token: { session_length: @ }", "(0|[1-9][0-9]{0,4})[smhdy]", true),
    ("reverify: { every: @ }", "[0-9]{1,8}[smhdy]", true),
    ("expiry: { min_remaining: @ }", "[0-9]{1,8}[smhdy]", false),
    ("review_by: @", "[0-9]{4}-[0-3][0-9]-[0-4][0-9]|[0-9-]{8,11}", true),
    ("locale: @", "[A-Za-z0-9_ ž-]{1,9}", true),
    ("theme: @", "[0-9a-fA-F]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{11,13}", true),
    ("face_threshold: @", "[0-9]{1,3}(\\.[0-9]{0,4})?", false),
    ("questionnaire: @", "[!-~ ž]{1,102}", true),
    ("countries: [@, LT, -LT, GB]", "-?[A-Z]{2}", false),
    ("nationality: { deny: [@] }", "-?[A-Z_0-9]{2,5}|any", false),
    (
        "redirect: { success: @ }",
        "(https?://)(localhost|[a-zA-Z.@-]{1,6}|\\[::1\\]|127\\.0\\.0\\.1)(:[0-9]{0,5})?([/?#][!-~]{0,8}){0,2}",
        false,
    ),
    ("redirect: { error: @ }", "https://a\\.b/(\\{external_ref\\}|\\{client_id\\}|[a-z{}=&?#]){0,4}", false),
    ("webhook: @", "(https?|HTTPS)://[a-z.:@*%0-9-]{1,8}(/[!-~]{0,6})?", false),
    ("description: @", "[ \\ta-zž]{0,4}|a{199,202}", true),
    ("vendor: { @: 1 }", "[A-Za-z0-9_-]{1,3}|a{63,66}|clientId|lifetime", true),
    ("steps: { ALL: { ALL: { @: { type: UPLOAD } } } }", "[A-Za-z0-9_ -]{1,4}|A{59,62}", true),
];

/// The same for texts of a set.
const TEXTS_OF_A_SET: &[Place] = &[
    ("hosts: [@]", "[!-~]{1,3}|[a-z.:0-9-]{1,9}|\\[::1\\](:[0-9]{1,5})?", false),
    ("intake: @", "(https?|HTTPS)://[a-z.:@*%0-9-]{1,8}(/[!-~]{0,6})?", false),
    ("groups: { @: [LT] }", "[A-Z0-9_a]{1,5}|A{31,34}|ANY|ALL|EEA|SCHENGEN", true),
    ("timezone: @", "UTC|Europe/[A-Z][a-z]{3,6}|Etc/GMT[+-][0-9]|[!-~]{0,4}", false),
    ("ceilings: { expires_in: @ }", "[0-9]{1,8}[smhdy]", true),
    ("governance: { reverify: { high: @ } }", "[0-9]{1,8}[smhdy]", true),
    ("retention: { keep: @ }", "[0-9]{1,8}[smhdy]", true),
    ("retention: { erase_after: @ }", "[0-9]{1,8}[smhdy]", true),
];

/// Whether the check finds no mistake, and why the schema refuses the file if it does.
fn both(text: &str, is_set: bool) -> (bool, Option<String>) {
    let mut sources = SourceMap::default();
    let diagnostics = if is_set {
        check_set(&mut sources, "_set.yaml", text.as_bytes()).1
    } else {
        check_policy(&mut sources, "p.yaml", None, text.as_bytes(), &PolicySet::empty()).diagnostics
    };
    let is_fine = diagnostics.iter().all(|found| found.severity() == Severity::Warning);
    (is_fine, refusal(Path::new(if is_set { "_set.yaml" } else { "p.yaml" }), text.as_bytes()))
}

type Place = (&'static str, &'static str, bool);

/// A place, and a text that looks like those that stand there.
fn text_at(places: &'static [Place]) -> impl Strategy<Value = (Place, String)> {
    let text = |place: Place| (Just(place), proptest::string::string_regex(place.1).unwrap());
    prop::sample::select(places).prop_flat_map(text)
}

/// What the check takes, the schema takes; where it tells all, it also refuses what the check refuses.
fn agree(frame: &str, (place, _, is_exact): Place, text: &str, is_set: bool) -> Result<(), TestCaseError> {
    let text = format!("{frame}{}\n", place.replace('@', &serde_json::to_string(text).unwrap()));
    let (is_fine, refusal) = both(&text, is_set);
    prop_assert!(!is_fine || refusal.is_none(), "{text}{refusal:?}");
    prop_assert!(!is_exact || is_fine == refusal.is_none(), "{text}{refusal:?}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_the_check_takes_the_schema_takes(value in generate::policy(), form in generate::format()) {
        // A byte order mark is for editors.
        let text = generate::write(&value, Format { mark: false, ..form });
        let (is_fine, refusal) = both(&text, false);
        prop_assert!(is_fine && refusal.is_none(), "{text}{refusal:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn patterns_of_policies_are_those_of_the_reader((place, text) in text_at(TEXTS)) {
        let frame = "name: p\ndocuments: any\nclient: { require: [external_ref, client_id] }\n";
        let countries = if place.0.starts_with("countries") { "" } else { "countries: any\n" };
        agree(&format!("{frame}{countries}"), place, &text, false)?;
    }

    #[test]
    fn patterns_of_sets_are_those_of_the_reader((place, text) in text_at(TEXTS_OF_A_SET)) {
        agree("", place, &text, true)?;
    }
}
