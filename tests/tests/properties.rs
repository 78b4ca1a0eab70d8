//! Properties over generated policies, clients and texts.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use kyc_policy::{
    Checked, Client, ClientField, ClientInput, Diagnostic, Merged, Place, Policy, PolicySet, SourceMap,
    Style, check_policy, check_set, merge, read_json, to_json, to_text,
};
use kyc_tests::generate::{self, Format, Value};
use kyc_tests::{accepted_by_the_sandbox, corpus, entries, now, read_back};
use proptest::prelude::*;

const PLAIN: Format =
    Format { flow: false, quotes: None, comments: false, crlf: false, mark: false, reversed: false };

/// A text that no library could come up with.
const MARKER: &str = "Qzxwvmarker";

fn checked(text: &str) -> (SourceMap, Checked<Policy>) {
    let mut sources = SourceMap::default();
    let checked = check_policy(&mut sources, "p.yaml", Some("p"), text.as_bytes(), &PolicySet::empty());
    (sources, checked)
}

fn policy(value: &Value, format: Format) -> Policy {
    let text = generate::write(value, format);
    let (sources, checked) = checked(&text);
    checked.value.unwrap_or_else(|| panic!("{}\n{text}", rendered(&sources, &checked.diagnostics)))
}

fn rendered(sources: &SourceMap, diagnostics: &[Diagnostic]) -> String {
    let texts: Vec<_> = diagnostics.iter().map(|one| to_text(sources, one, Style::Plain)).collect();
    format!("{}\n{}\n{diagnostics:?}", texts.join("\n\n"), to_json(sources, diagnostics))
}

fn client<K: Into<String>, V: Into<String>>(fields: impl IntoIterator<Item = (K, V)>) -> Client {
    let mut input = ClientInput::default();
    fields.into_iter().for_each(|(key, value)| input.text(key, value));
    Client::read(&input)
}

/// The client's data as far as the policy takes it, all well formed.
fn fitting(policy: &Policy) -> Client {
    let taken = policy.required_fields().union(policy.accepted_fields());
    let is_taken = |key: &str| taken.iter().any(|field| field.as_str() == key);
    client(generate::good_fields().filter(|(key, _)| is_taken(key)))
}

/// The outcome as bytes and text, for comparison.
fn outcome(merged: Result<Merged, Vec<Diagnostic>>) -> Result<(Vec<u8>, String), String> {
    let sources = SourceMap::default();
    merged
        .map(|merged| (merged.request().to_wire().to_vec(), rendered(&sources, merged.warnings())))
        .map_err(|problems| rendered(&sources, &problems))
}

/// Every text of the corpus.
static TEXTS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let folders = entries(&corpus("invalid")).into_iter().chain([corpus("valid"), corpus("many")]);
    let files = folders.flat_map(|folder| entries(&folder)).filter(|path| path.is_file());
    files.map(|path| fs::read(path).unwrap()).filter(|text| text.len() < 4_000).collect()
});

/// Checks `bytes` as a policy and as a set, and renders whatever comes of it.
fn survives(bytes: &[u8]) -> Result<(), TestCaseError> {
    let begun = Instant::now();
    let mut sources = SourceMap::default();
    let (set, mut diagnostics) = check_set(&mut sources, "_set.yaml", bytes);
    let checked = check_policy(&mut sources, "p.yaml", None, bytes, &set);
    diagnostics.extend(checked.diagnostics);
    prop_assert!(checked.value.is_some() || !diagnostics.is_empty(), "refused in silence");
    let _ = rendered(&sources, &diagnostics);
    let _ = diagnostics.iter().map(|one| to_text(&sources, one, Style::Coloured)).collect::<Vec<_>>();
    prop_assert!(begun.elapsed() < Duration::from_secs(10), "took {:?}", begun.elapsed());
    Ok(())
}

/// A policy that takes every field, and demands none but the client's id.
static TAKES_ALL: LazyLock<Policy> = LazyLock::new(|| {
    let fields: Vec<_> = generate::good_fields()
        .map(|(key, _)| key)
        .filter(|key| !matches!(*key, "client_id" | "step_data"))
        .collect();
    let text =
        format!("name: p\ncountries: any\ndocuments: any\nclient: {{ accept: [{}] }}\n", fields.join(", "));
    checked(&text).1.value.unwrap()
});

/// Any text, texts at the bounds, and texts that some field takes.
fn any_value() -> impl Strategy<Value = String> {
    let good: Vec<_> = generate::good_fields().map(|(_, value)| value.to_owned()).collect();
    prop_oneof![
        any::<String>(),
        "[A-Za-zž0-9 .'~@_-]{0,12}",
        "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        "[A-Z]{1,3}",
        (
            prop::sample::select(vec!["a", "ž", "𠮷", "e\u{301}"]),
            prop::sample::select(vec![1_usize, 7, 8, 40, 41, 50, 51, 100, 101, 255, 256])
        )
            .prop_map(|(character, count)| character.repeat(count)),
        prop::sample::select(good),
    ]
}

/// A text of a policy with some of its bytes changed.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let pieces = prop::sample::select(vec![
        "{", "}", "[", "]", ":", ": ", "-", "- ", "\n", "\r", "\t", "\"", "'", "#", "&a ", "*a", "!t ",
        "<<: ", "---\n", "? ", "|", ">", "%", "@", "`", ",", "\u{0}", "\u{feff}", "\u{202e}", "𠮷", "ž",
        "  ", "any",
    ]);
    let change = (any::<prop::sample::Index>(), 0..12_usize, pieces);
    (any::<prop::sample::Index>(), prop::collection::vec(change, 1..5)).prop_map(|(which, changes)| {
        let mut bytes = which.get(&TEXTS).clone();
        for (at, removed, piece) in changes {
            let at = at.index(bytes.len() + 1);
            let end = (at + removed).min(bytes.len());
            bytes.splice(at..end, piece.bytes());
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_digest_does_not_depend_on_the_form(value in generate::policy(), format in generate::format()) {
        let (plain, other) = (policy(&value, PLAIN), policy(&value, format));
        prop_assert_eq!(plain.digest(), other.digest(), "{}", generate::write(&value, format));
        prop_assert_eq!(plain.document_digest(), other.document_digest());
    }

    #[test]
    fn a_recorded_policy_is_read_back(value in generate::policy()) {
        let policy = policy(&value, PLAIN);
        prop_assert_eq!(read_back(&policy), Ok(()));
    }

    #[test]
    fn a_merge_is_deterministic(value in generate::policy(), fields in generate::fields()) {
        let policy = policy(&value, PLAIN);
        let once = outcome(merge(&policy, client(fields.clone()), now()));
        let again = outcome(merge(&policy, client(fields), now()));
        prop_assert_eq!(once, again);
    }

    #[test]
    fn a_merge_takes_any_text(value in generate::policy(), fields in prop::collection::vec((any::<String>(), any::<String>()), 0..6), of_field in any::<String>()) {
        let policy = policy(&value, PLAIN);
        let _ = outcome(merge(&policy, client(fields), now()));
        for (key, _) in generate::good_fields() {
            let _ = outcome(merge(&policy, client([(key, of_field.clone())]), now()));
        }
    }

    #[test]
    fn client_data_is_any_text(text in any::<String>(), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read_json(text.as_bytes());
        let _ = read_json(&bytes);
    }

    #[test]
    fn every_request_passes_the_schema_of_the_sandbox(value in generate::policy(), fields in generate::fields()) {
        let policy = policy(&value, PLAIN);
        let all = merge(&policy, fitting(&policy), now());
        let some = merge(&policy, client(fields), now());
        let is_fine = policy.takes(ClientField::StepData) || all.is_ok();
        prop_assert!(is_fine, "{:?}", outcome(all));
        for merged in all.into_iter().chain(some) {
            let accepted = accepted_by_the_sandbox(&policy, &merged.request().to_wire());
            prop_assert!(accepted.is_ok(), "{accepted:?}");
        }
    }

    #[test]
    fn every_refusal_names_the_field_that_the_schema_names(field in 0..14_usize, text in any_value()) {
        let field = ClientField::ALL[field];
        let parameter = field.facts().wire.name();
        let given = [("client_id", "user-1"), (field.as_str(), &*text)];
        let given = given.into_iter().skip(usize::from(field == ClientField::ClientId));
        let body = serde_json::json!({ "clientId": "user-1", "tokenType": "IDENTIFICATION", parameter: text });
        let refusal = kyc_sandbox::validate(body.to_string().as_bytes()).err();
        if let Some(refusal) = &refusal {
            prop_assert_eq!(refusal.field(), Some(parameter), "{}", refusal.message());
        }
        match merge(&TAKES_ALL, client(given), now()) {
            // What is sent is the text in its normal form, which can be shorter than the text.
            Ok(merged) => {
                let sent = accepted_by_the_sandbox(&TAKES_ALL, &merged.request().to_wire());
                prop_assert!(sent.is_ok(), "{sent:?}");
            }
            Err(problems) => {
                for problem in &problems {
                    prop_assert_eq!(problem.place(), &Place::Client(field), "{} {:?}", problem, refusal);
                }
            }
        }
    }

    #[test]
    fn no_diagnostic_tells_a_value(value in generate::policy(), fields in prop::collection::vec((0..15_usize, 0..6_usize), 1..15)) {
        let policy = policy(&value, PLAIN);
        let values = [
            MARKER.to_owned(),
            format!("{MARKER}2_~"),
            format!(" {MARKER}"),
            format!("{MARKER}@example.com"),
            format!("{MARKER}\u{202e}"),
            MARKER.repeat(40),
        ];
        let keys: Vec<_> = generate::good_fields().map(|(key, _)| key).collect();
        let given = fields.iter().map(|(key, value)| (keys[*key], values[*value].clone()));
        let merged = merge(&policy, client(given), now());
        let diagnostics = match merged {
            Ok(merged) => merged.into_warnings(),
            Err(problems) => problems,
        };
        let sources = SourceMap::default();
        prop_assert!(!rendered(&sources, &diagnostics).contains(MARKER), "{diagnostics:?}");
    }

    #[test]
    fn no_diagnostic_tells_step_data(step in 0..3_usize, field in 0..3_usize, value in 0..3_usize) {
        let text = "name: p\ncountries: any\ndocuments: any\nclient: { accept: [step_data] }\n\
                    steps: { ALL: { ALL: { BILL: { type: COMPARE, fields: [address] } } } }\n";
        let (_, checked) = checked(text);
        let policy = checked.value.unwrap();
        let long = MARKER.repeat(30);
        let steps = ["BILL", MARKER, "Qzxwvmarker no name"];
        let fields = ["address", MARKER, long.as_str()];
        let values = ["", MARKER, long.as_str()];
        let json = serde_json::json!({
            "client_id": "user-1",
            "step_data": { steps[step]: { fields[field]: values[value] } },
        });
        let input = read_json(json.to_string().as_bytes()).unwrap();
        let shown = match merge(&policy, Client::read(&input), now()) {
            Ok(merged) => rendered(&SourceMap::default(), merged.warnings()),
            Err(problems) => rendered(&SourceMap::default(), &problems),
        };
        prop_assert!(!shown.contains(MARKER), "{shown}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_check_survives_changed_policies(bytes in mutated()) {
        survives(&bytes)?;
    }

    #[test]
    fn changed_policies_mean_the_same_when_formatted(bytes in mutated()) {
        kyc_tests::fuzz::format(&bytes);
    }

    #[test]
    fn a_check_survives_any_text(text in any::<String>(), marks in "[-{}\\[\\]:#&*!|>'\"%@`,? \n\r\tažA1]{0,80}") {
        survives(text.as_bytes())?;
        survives(marks.as_bytes())?;
    }

    #[test]
    fn a_check_survives_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        survives(&bytes)?;
    }
}

#[test]
fn large_and_hostile_texts_are_checked_in_time() {
    let header = "name: p\ncountries: [LT]\ndocuments: [PASSPORT]\n";
    let hostile = [
        format!("{header}vendor: {}\n", "[".repeat(60_000)),
        format!("{header}vendor: {}\n", "{a: ".repeat(15_000)),
        format!("{header}{}", "a: 1\n".repeat(12_000)),
        format!("{header}countries: [{}]\n", "LT, ".repeat(15_000)),
        format!("{header}{}", "\t\n".repeat(30_000)),
        format!("{header}description: {}\n", "\u{202e}".repeat(20_000)),
        format!("{header}description: \"{}\n", "\\".repeat(60_000)),
        format!("{header}vendor:\n{}", "  a: &b x\n".repeat(300)),
        "- ".repeat(30_000),
        "? ".repeat(30_000),
        "!".repeat(65_000),
        "ž".repeat(32_000),
        "---\n".repeat(16_000),
    ];
    for text in hostile {
        let begun = Instant::now();
        survives(text.as_bytes()).unwrap();
        assert!(begun.elapsed() < Duration::from_secs(10), "{:?}: {:.60}", begun.elapsed(), text);
    }
}
