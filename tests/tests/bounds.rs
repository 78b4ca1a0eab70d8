//! Every bound of every parameter, from both sides: the largest policy and client take one edit. Just inside, the
//! vendor's stand-in accepts what is sent; just outside, there is one error, and it stands at the edited key or field.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use kyc_core::wire::{Bounds, WireField};
use kyc_core::{DocumentSet, DocumentType, StepData, StepName, StepType, Steps};
use kyc_policy::{
    Checked, Client, ClientField, Diagnostic, Field, Place, PolicySet, Severity, SourceMap, check_policy,
    merge, read_json,
};
use kyc_tests::full::{FULL_CLIENT, FULL_POLICY};
use kyc_tests::{accepted_by_the_sandbox, now};
use serde::Deserialize;
use serde_json::{Map, Value};

/// Edits of one key of the policy or of one field of the client.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    parameter: String,
    /// The edited key of the policy, where the diagnostic is expected.
    key: Option<String>,
    /// The edited field of the client, where the diagnostic is expected.
    field: Option<String>,
    /// Variants of the full policy and client that the edits start from.
    #[serde(default)]
    variants: Vec<String>,
    /// What the edits of a key replace.
    from: Option<String>,
    inside: Vec<Value>,
    outside: Vec<Value>,
}

/// Another starting point, where the vendor excludes a combination.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Variant {
    #[serde(rename = "why")]
    _why: String,
    policy: Vec<(String, String)>,
    client: Map<String, Value>,
}

/// What came of an edit: errors with whether they stand where they belong, or the body.
type Outcome = Result<Map<String, Value>, Vec<(String, bool)>>;

fn read<T: for<'de> Deserialize<'de>>(file: &str) -> T {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("bounds").join(file);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn cases() -> Vec<Case> {
    ["client.json", "flags.json", "policy.json", "steps.json"]
        .into_iter()
        .flat_map(read::<Vec<Case>>)
        .collect()
}

/// `<x*3>` as `xxx`.
fn expand(text: &str) -> String {
    let Some((before, rest)) = text.split_once('<') else { return text.to_owned() };
    let Some(((what, times), after)) =
        rest.split_once('>').and_then(|(inner, after)| Some((inner.split_once('*')?, after)))
    else {
        return text.to_owned();
    };
    format!("{before}{}{}", what.repeat(times.parse().expect("a number")), expand(after))
}

fn expand_all(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(expand(text)),
        Value::Object(map) => map.iter().map(|(key, value)| (expand(key), expand_all(value))).collect(),
        other => other.clone(),
    }
}

fn replace(text: &str, from: &str, to: &str) -> String {
    assert_eq!(text.matches(from).count(), 1, "`{from}` must stand once in\n{text}");
    text.replace(from, &expand(to))
}

impl Case {
    fn run(&self, edit: &Value, variants: &BTreeMap<String, Variant>) -> Outcome {
        let mut policy = FULL_POLICY.to_owned();
        let mut client: Map<String, Value> = serde_json::from_str(FULL_CLIENT).unwrap();
        for name in &self.variants {
            let variant = variants.get(name).unwrap_or_else(|| panic!("no variant `{name}`"));
            for (from, to) in &variant.policy {
                policy = replace(&policy, from, to);
            }
            client.extend(variant.client.iter().map(|(field, value)| (expand(field), expand_all(value))));
        }
        match (&self.field, &self.from) {
            (Some(field), None) => drop(client.insert(field.clone(), expand_all(edit))),
            (None, Some(from)) => policy = replace(&policy, from, edit.as_str().expect("a text")),
            _ => panic!("{self:?}: either `key` and `from`, or `field`"),
        }
        self.merged(&policy, &client)
    }

    fn merged(&self, policy: &str, client: &Map<String, Value>) -> Outcome {
        let mut sources = SourceMap::default();
        let Checked { value, diagnostics, places, .. } =
            check_policy(&mut sources, "full.yaml", Some("full"), policy.as_bytes(), &PolicySet::empty());
        let is_at_the_key = |diagnostic: &Diagnostic| {
            let (Some(key), Place::At(loc)) = (&self.key, diagnostic.place()) else { return false };
            let span = |loc| sources.span(loc).unwrap().1;
            let at = span(*loc);
            [places.key(key), places.value(key)]
                .into_iter()
                .flatten()
                .map(span)
                .any(|whole| whole.start <= at.start && at.end <= whole.end)
        };
        let Some(policy) = value else {
            let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error);
            return Err(errors.map(|error| (error.to_string(), is_at_the_key(error))).collect());
        };
        let input = read_json(&serde_json::to_vec(client).unwrap()).unwrap();
        let merged = merge(&policy, Client::read(&input), now()).map_err(|problems| -> Vec<_> {
            let errors = problems.iter().filter(|problem| problem.severity() == Severity::Error);
            let field = self.field.as_deref().and_then(ClientField::from_word);
            let is_at_the_field =
                |problem: &Diagnostic| matches!(problem.place(), Place::Client(of) if Some(*of) == field);
            errors.map(|problem| (problem.to_string(), is_at_the_field(problem))).collect()
        })?;
        let wire = merged.request().to_wire();
        accepted_by_the_sandbox(&policy, &wire).map_err(|refusal| vec![(refusal, false)])?;
        Ok(serde_json::from_slice(&wire).unwrap())
    }
}

#[test]
fn one_step_inside_passes_and_one_step_outside_is_one_error() {
    let variants: BTreeMap<String, Variant> = read("variants.json");
    let mut mistakes = Vec::new();
    for case in cases() {
        let at = format!("{} ({})", case.parameter, case.key.as_ref().or(case.field.as_ref()).unwrap());
        for edit in &case.inside {
            if let Err(errors) = case.run(edit, &variants) {
                mistakes.push(format!("{at}: {edit} is refused: {errors:?}"));
            }
        }
        for edit in &case.outside {
            match case.run(edit, &variants) {
                Ok(_) => mistakes.push(format!("{at}: {edit} is taken")),
                Err(errors) if matches!(errors.as_slice(), [(_, true)]) => {}
                Err(errors) => mistakes.push(format!("{at}: {edit} is not one error there: {errors:#?}")),
            }
        }
    }
    assert!(mistakes.is_empty(), "{} mistakes:\n{}", mistakes.len(), mistakes.join("\n"));
}

#[test]
fn cases_edit_where_the_parameter_is_stated() {
    for case in cases() {
        let parameter = WireField::from_name(&case.parameter).unwrap_or_else(|| panic!("{case:?}"));
        if let Some(field) = &case.field {
            assert_eq!(ClientField::from_word(field).map(|field| field.facts().wire), Some(parameter));
        }
        if let Some(key) = &case.key {
            let stated = Field::of(parameter).unwrap().key;
            assert!(
                key == stated || key.strip_prefix(stated).is_some_and(|rest| rest.starts_with('.')),
                "{key}"
            );
        }
    }
}

/// What the cases of one parameter send, and the values that they try outside.
#[derive(Default)]
struct Tried {
    sent: Vec<Value>,
    outside: Vec<Value>,
}

impl Tried {
    fn numbers(&self) -> Vec<u64> {
        self.sent.iter().filter_map(Value::as_u64).collect()
    }

    fn words(&self) -> BTreeSet<&str> {
        fn of(value: &Value) -> Vec<&str> {
            match value {
                Value::String(word) => vec![word],
                Value::Array(words) => words.iter().filter_map(Value::as_str).collect(),
                _ => Vec::new(),
            }
        }
        self.sent.iter().flat_map(of).collect()
    }

    fn lengths(&self) -> BTreeSet<usize> {
        self.words().iter().map(|word| word.chars().count()).collect()
    }

    /// The values of the edits outside: of a key, what stands behind each colon.
    fn outside_values(&self) -> BTreeSet<String> {
        let mut values = BTreeSet::new();
        for text in self.outside.iter().filter_map(Value::as_str).map(expand) {
            let parts = text.split(", ").map(|part| part.rsplit_once(": ").map_or(part, |(_, value)| value));
            values.extend(parts.map(|value| value.trim_matches('"').to_owned()));
        }
        values
    }

    /// Whether this number was tried outside, as it is or in seconds.
    fn is_outside(&self, value: impl ToString) -> bool {
        let value = value.to_string();
        self.outside_values().iter().any(|tried| tried.strip_suffix('s').unwrap_or(tried) == value)
    }

    fn has_outside_length(&self, length: usize) -> bool {
        self.outside_values().iter().any(|tried| tried.chars().count() == length)
    }

    /// All keys and texts inside the values that were sent.
    fn parts(&self) -> (BTreeSet<String>, BTreeSet<usize>) {
        fn walk(value: &Value, words: &mut BTreeSet<String>) {
            match value {
                Value::Object(map) => map.iter().for_each(|(key, value)| {
                    words.insert(key.clone());
                    walk(value, words);
                }),
                Value::Array(items) => items.iter().for_each(|item| walk(item, words)),
                Value::String(text) => drop(words.insert(text.clone())),
                _ => {}
            }
        }
        let mut words = BTreeSet::new();
        self.sent.iter().for_each(|value| walk(value, &mut words));
        let lengths = words.iter().map(|word| word.chars().count()).collect();
        (words, lengths)
    }
}

/// Every end of every bound has a case on both sides.
#[test]
fn cases_reach_every_bound() {
    let variants: BTreeMap<String, Variant> = read("variants.json");
    let mut tried: BTreeMap<String, Tried> = BTreeMap::new();
    for case in cases() {
        let entry = tried.entry(case.parameter.clone()).or_default();
        let sent =
            case.inside.iter().filter_map(|edit| case.run(edit, &variants).ok()?.remove(&case.parameter));
        entry.sent.extend(sent);
        entry.outside.extend(case.outside);
    }
    for parameter in WireField::ALL {
        let name = parameter.name();
        let tried = tried.get(name).unwrap_or_else(|| panic!("{name} has no case"));
        assert!(!tried.sent.is_empty() && !tried.outside.is_empty(), "{name} lacks one side");
        match parameter.bounds() {
            Bounds::Flag => {
                let states: BTreeSet<_> = tried.sent.iter().filter_map(Value::as_bool).collect();
                assert_eq!(states.len(), 2, "{name}");
            }
            Bounds::Number { min, max, .. } => {
                assert!(
                    tried.numbers().contains(&min.into()) && tried.numbers().contains(&max.into()),
                    "{name}"
                );
                assert!(tried.is_outside(min - 1) && tried.is_outside(max + 1), "{name}");
            }
            Bounds::Decimal { min, max } => {
                let decimal = |thousandths| f64::from(thousandths) / 1_000.0;
                let sent: Vec<_> = tried.sent.iter().filter_map(Value::as_f64).collect();
                let reaches = |end| sent.iter().any(|number| (number - decimal(end)).abs() < 1e-9);
                assert!(reaches(min) && reaches(max), "{name}");
                assert!(tried.is_outside(decimal(min - 1)) && tried.is_outside(decimal(max + 1)), "{name}");
            }
            Bounds::Text { min, max, .. } => {
                assert!(tried.lengths().contains(&min) && tried.lengths().contains(&max), "{name}");
                assert!(tried.has_outside_length(min - 1) && tried.has_outside_length(max + 1), "{name}");
            }
            Bounds::CalendarDate { min_year, max_year } => {
                let sends = |year: i16| tried.words().iter().any(|day| day.starts_with(&year.to_string()));
                let refuses =
                    |year: i16| tried.outside_values().iter().any(|day| day.starts_with(&year.to_string()));
                // The other end is refused by a rule about today's date.
                assert!(
                    (sends(min_year) && refuses(min_year - 1)) || (sends(max_year) && refuses(max_year + 1)),
                    "{name}"
                );
            }
            Bounds::OneOf(words) => assert!(words.iter().all(|word| tried.words().contains(word)), "{name}"),
            Bounds::Url { max, .. } => {
                assert!(tried.lengths().contains(&max) && tried.has_outside_length(max + 1), "{name}");
            }
            Bounds::DocumentTypes => {
                let sent: DocumentSet =
                    tried.words().iter().filter_map(|word| DocumentType::from_word(word)).collect();
                // What results never carry is in no policy, so no request names it.
                assert_eq!(sent, DocumentSet::REQUESTABLE & DocumentSet::RESULTS, "{name}");
            }
            Bounds::CountryLock => {
                assert!(
                    tried.sent.iter().any(Value::is_string) && tried.sent.iter().any(Value::is_array),
                    "{name}"
                );
            }
            Bounds::Steps => {
                let (words, lengths) = tried.parts();
                let known = Steps::DOCUMENTS.map(DocumentType::as_str);
                let kinds = StepType::ALL.iter().map(|kind| kind.as_str());
                assert!(known.into_iter().chain(kinds).all(|word| words.contains(word)), "{name}");
                let ends = [StepName::MIN, StepName::MAX, Steps::MAX_NAME, Steps::MAX_DESCRIPTION];
                assert!(ends.iter().all(|length| lengths.contains(length)), "{name}");
            }
            Bounds::StepData => {
                let (words, lengths) = tried.parts();
                assert!(words.len() > StepData::MAX_FIELDS, "{name}");
                let ends = [1, kyc_core::Address::MAX, StepName::MAX, Steps::MAX_NAME];
                assert!(ends.iter().all(|length| lengths.contains(length)), "{name}");
            }
            _ => {}
        }
    }
}
