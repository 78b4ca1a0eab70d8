//! The registries themselves: every rule is described and has its cases, every key and parameter has its home.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use kyc_core::Flag;
use kyc_core::wire::{Echo, WireField};
use kyc_policy::{ClientFacts, ClientField, Diagnostic, Evidence, FIELDS, Field, Kind, RULES, Rule, Shape};
use kyc_tests::{Case, cases, corpus, entries, file_name};

fn is_kebab_case(text: &str) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.split('-').all(is_word)
}

/// Lower case (or a word in backticks) at the beginning, nothing at the end.
fn is_phrase(text: &str) -> bool {
    text.starts_with(|c: char| !c.is_uppercase() && !c.is_whitespace())
        && !text.ends_with(['.', '!', ' ', '\n'])
        && !text.contains('\n')
}

fn is_sentence(text: &str) -> bool {
    text.starts_with(|c: char| c.is_uppercase() || c == '`') && text.ends_with('.') && !text.contains("  ")
}

fn diagnostics_of_the_corpus() -> Vec<Diagnostic> {
    let folders = entries(&corpus("invalid")).into_iter().chain([corpus("valid"), corpus("many")]);
    folders.flat_map(|folder| cases(&folder)).flat_map(|case| case.run().diagnostics).collect()
}

#[test]
fn every_rule_has_cases_and_near_misses_and_every_folder_a_rule() {
    let folders: BTreeSet<_> = entries(&corpus("invalid")).iter().map(AsRef::as_ref).map(file_name).collect();
    let rules: BTreeSet<_> = RULES.iter().map(|rule| rule.id.to_owned()).collect();
    assert_eq!(
        folders.difference(&rules).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "folders without a rule"
    );
    assert_eq!(
        rules.difference(&folders).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "rules without a folder"
    );
    for rule in rules {
        let (near, invalid): (Vec<_>, Vec<_>) =
            cases(&corpus("invalid").join(&rule)).into_iter().partition(Case::is_near_miss);
        assert!(!invalid.is_empty(), "`{rule}` has no invalid case");
        assert!(!near.is_empty(), "`{rule}` has no near miss");
    }
}

#[test]
fn rules_are_described() {
    for rule in RULES {
        assert!(is_kebab_case(rule.id), "{}", rule.id);
        assert!(is_phrase(rule.summary), "{}: {}", rule.id, rule.summary);
        assert!(is_sentence(rule.why), "{}: {}", rule.id, rule.why);
        assert!(!rule.bad.trim().is_empty() && !rule.good.trim().is_empty(), "{}", rule.id);
        assert_ne!(rule.bad, rule.good, "{}", rule.id);
        assert_eq!(Rule::find(rule.id), Some(*rule));
    }
    let summaries: BTreeSet<_> = RULES.iter().map(|rule| rule.summary).collect();
    assert_eq!(summaries.len(), RULES.len(), "two rules have the same summary");
}

#[test]
fn messages_follow_one_grammar() {
    let mut seen = BTreeSet::new();
    for diagnostic in diagnostics_of_the_corpus() {
        let id = diagnostic.rule().id;
        seen.insert(id);
        assert!(is_phrase(diagnostic.message()), "{id}: {}", diagnostic.message());
        for text in diagnostic.label_text().into_iter().chain(diagnostic.help_text()) {
            assert!(is_phrase(text), "{id}: {text}");
        }
        for related in diagnostic.related_places() {
            assert!(is_phrase(&related.message), "{id}: {}", related.message);
        }
        assert_eq!(diagnostic.message().matches('`').count() % 2, 0, "{id}: {}", diagnostic.message());
    }
    assert_eq!(seen.len(), RULES.len());
}

#[test]
fn every_key_is_described_once() {
    let keys: BTreeSet<_> = FIELDS.iter().map(|field| field.key).collect();
    assert_eq!(keys.len(), FIELDS.len(), "a key has two rows");
    for field in FIELDS {
        let key = field.key;
        assert!(is_phrase(field.meaning), "{key}: {}", field.meaning);
        assert!(keys.contains(field.section()), "{key} has no section");
        let is_word = |word: &str| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        };
        assert!(key.split('.').count() <= 2 && key.split('.').all(is_word), "{key}");
        if key.contains('.') {
            assert!(Field::find(field.section()).unwrap().shape.is_section(), "{key}");
        }
    }
}

#[test]
fn every_parameter_of_the_vendor_has_one_home() {
    for parameter in WireField::ALL {
        let keys = FIELDS.iter().filter(|field| field.wire.contains(parameter)).count();
        let fields = ClientField::ALL.iter().filter(|field| field.facts().wire == *parameter).count();
        // Country and language are fixed by the policy, or narrowed and chosen by the client.
        let is_shared = matches!(parameter, WireField::Country | WireField::Locale);
        assert!(keys <= 1 && fields <= 1, "{parameter:?}");
        assert_eq!(keys + fields, if is_shared { 2 } else { 1 }, "{parameter:?}");
    }
    assert_eq!(WireField::ALL.len(), 63);
}

#[test]
fn every_parameter_has_sources_and_bounds_in_words() {
    for parameter in WireField::ALL {
        let source = parameter.source();
        assert!(
            source.stated.starts_with("OpenAPI document") && !source.stated.ends_with('.'),
            "{parameter:?}"
        );
        assert!(source.reading.is_none_or(is_phrase), "{parameter:?}");
        let takes = parameter.bounds().to_string();
        assert!(!takes.is_empty() && !takes.ends_with('.'), "{parameter:?}: {takes}");
    }
}

/// A key whose value is the parameter's takes what the parameter takes.
#[test]
fn keys_that_take_a_parameter_decide_exactly_one() {
    for field in FIELDS.iter().filter(|field| field.shape == Shape::Parameter) {
        assert_eq!(field.wire.len(), 1, "{}", field.key);
    }
}

#[test]
fn facts_about_client_fields_are_those_of_their_parameters() {
    for field in ClientField::ALL {
        let facts = field.facts();
        let is_compared = !matches!(facts.wire.echo(), Echo::Never | Echo::Unordered);
        assert_eq!(facts.evidence == Evidence::Echo, is_compared, "{field}");
    }
    assert_eq!(Field::find("client").unwrap().data, ClientFacts::DATA);
}

#[test]
fn every_flag_has_one_row() {
    for flag in Flag::ALL {
        let rows = FIELDS.iter().filter(|field| field.shape == Shape::Flag(*flag)).count();
        assert_eq!(rows, 1, "{flag:?}");
    }
}

/// What is said to show in the vendor's echo is compared with it.
#[test]
fn evidence_by_echo_is_an_echo_that_is_compared() {
    for field in FIELDS.iter().filter(|field| field.evidence == Evidence::Echo && !field.wire.is_empty()) {
        let is_compared = field.wire.iter().any(|wire| !matches!(wire.echo(), Echo::Never | Echo::Unordered));
        assert!(is_compared, "{}", field.key);
    }
}

/// Errors that no policy in Rust can be, because of what they are about.
const NOT_AS_TOKENS: &[(&str, &[&str])] = &[
    (
        "the bytes of a file and the notation in it",
        &[
            "file-too-large",
            "not-utf8",
            "control-character",
            "yaml-syntax",
            "empty-document",
            "tab",
            "anchor-or-alias",
            "tag",
            "merge-key",
            "second-document",
            "complex-key",
        ],
    ),
    ("the name of a file", &["name-differs-from-file", "set-misnamed"]),
    ("a policy that others extend, which is always a file", &["extends-cycle"]),
    (
        "the set, which is always a file",
        &[
            "group-name-taken",
            "unknown-snapshot",
            "unknown-timezone",
            "retention-order",
            "malformed-host",
            "rule-not-configurable",
        ],
    ),
];

/// Errors that no snapshot of the compiler shows, with the reason.
const NOT_WHILE_COMPILING: &[(&str, &[&str])] = &[
    (
        "one client's data, which is not known yet",
        &[
            "client-field-unknown",
            "client-field-given-twice",
            "client-value-invalid",
            "client-field-missing",
            "client-field-unexpected",
            "age-outside",
            "document-country-outside",
            "nationality-denied",
            "document-expired",
            "date-in-future",
            "step-data-mismatch",
            "not-effective",
            "loosening-expired",
        ],
    ),
    ("the two hundred other errors that would stand in the snapshot", &["too-many-mistakes"]),
];

/// The snapshots of what the compiler says about policies, each with its path.
fn snapshots_of_macros() -> Vec<(String, String)> {
    let topics = entries(Path::new("ui")).into_iter().filter(|topic| file_name(topic).starts_with("macro-"));
    let files = topics.flat_map(|topic| entries(&topic));
    let snapshots = files.filter(|file| file.extension().is_some_and(|extension| extension == "stderr"));
    snapshots.map(|file| (file.display().to_string(), fs::read_to_string(&file).unwrap())).collect()
}

/// Each rule is broken by tokens and by a file while a program is compiled, or it is said why not.
#[test]
fn every_rule_is_broken_while_compiling() {
    let (mut as_tokens, mut as_file) = (BTreeSet::new(), BTreeSet::new());
    let snapshots = snapshots_of_macros();
    for error in snapshots.iter().flat_map(|(_, text)| text.split("error: [").skip(1)) {
        let (rule, rest) = error.split_once(']').unwrap();
        // A lint is an error only where a set says so.
        if Rule::find(rule).unwrap().kind != Kind::Error {
            continue;
        }
        let is_in_file = rest.lines().any(|line| line.trim().starts_with("--> ") && line.contains(".y"));
        if is_in_file { &mut as_file } else { &mut as_tokens }.insert(rule);
    }
    let of =
        |lists: &'static [(&str, &[&'static str])]| lists.iter().flat_map(|(_, rules)| rules.iter().copied());
    let errors = || RULES.iter().filter(|rule| rule.kind == Kind::Error).map(|rule| rule.id);
    let (no_tokens, nowhere): (BTreeSet<_>, BTreeSet<_>) =
        (of(NOT_AS_TOKENS).collect(), of(NOT_WHILE_COMPILING).collect());
    let in_files: BTreeSet<_> = errors().filter(|rule| !nowhere.contains(rule)).collect();
    let in_tokens: BTreeSet<_> = in_files.iter().copied().filter(|rule| !no_tokens.contains(rule)).collect();
    assert_eq!(as_file, in_files);
    assert_eq!(as_tokens, in_tokens);
    assert!(no_tokens.union(&nowhere).all(|rule| errors().any(|id| id == *rule)), "a rule that is none");
}

/// Of a declaration with mistakes the compiler says nothing but these, and nothing tells where the package is.
#[test]
fn mistakes_of_a_policy_are_reported_alone() {
    // The types of fields are for the compiler to check, and so is that each has its own name.
    const OF_THE_COMPILER: [&str; 2] = ["ui/macro-fields/", "ui/macro-shape/field-declared-twice"];
    for (path, text) in snapshots_of_macros() {
        let is_of_the_compiler = OF_THE_COMPILER.iter().any(|prefix| path.starts_with(prefix));
        assert!(is_of_the_compiler || !text.contains("error[E"), "{path}");
        assert!(!text.contains("warning:"), "{path}");
        for place in ["$DIR", "$WORKSPACE", "$CARGO", "$RUST", "$OUT_DIR", env!("CARGO_MANIFEST_DIR")] {
            assert!(!text.contains(place), "{path} has {place}");
        }
    }
}

/// Every case has its snapshot, and every snapshot its case.
#[test]
fn cases_and_snapshots_of_the_compiler_belong_together() {
    for topic in entries(Path::new("ui")).into_iter().filter(|topic| file_name(topic) != "policies") {
        let names = |extension: &str| -> BTreeSet<String> {
            let files = entries(&topic).into_iter().map(|file| file_name(&file));
            files.filter_map(|file| file.strip_suffix(extension).map(str::to_owned)).collect()
        };
        let snapshots = if file_name(&topic).ends_with("-pass") { BTreeSet::new() } else { names(".rs") };
        assert_eq!(names(".stderr"), snapshots, "{}", topic.display());
    }
}
