//! Running cases: what came is compared with what was expected, and every difference is kept.

use kyc_core::wire::WireField;
use kyc_policy::{ClientField, Diagnostic, Field, Judgement, Loc, Place, Reason, Today};

use crate::compare::shown;
use crate::model::{Case, Expected, Given, Named, Run, Suite};
use crate::subject::{Body, Subject};

/// What came of one test file.
#[derive(Clone, Debug)]
pub struct Report {
    /// The file as diagnostics show it.
    pub file: String,
    /// The policy that was tested.
    pub policy: String,
    /// The cases that were run, in the order of the file.
    pub cases: Vec<CaseReport>,
}

/// What came of one case.
#[derive(Clone, Debug)]
pub struct CaseReport {
    /// What it shows.
    pub name: String,
    /// Where it stands.
    pub loc: Loc,
    /// How many combinations it has.
    pub runs: usize,
    /// Those that came out otherwise.
    pub failures: Vec<Failure>,
}

/// One combination that came out otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Which one, in a matrix.
    pub combination: Option<String>,
    /// What was expected, in words.
    pub expected: String,
    /// What came, in words.
    pub came: String,
    /// Why it came, or what is different.
    pub because: Vec<Because>,
}

/// One reason, problem or difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Because {
    /// What follows from it: an outcome, or the kind of difference.
    pub word: &'static str,
    /// The id of the reason or rule, or the field of the request.
    pub id: String,
    /// What was found. No value of a client stands in it.
    pub message: String,
    /// The policy's key that demands it; `None` if every policy does.
    pub key: Option<String>,
}

impl Report {
    /// Whether every case came out as expected.
    pub fn is_fine(&self) -> bool {
        self.failed() == 0
    }

    /// How many cases came out otherwise.
    pub fn failed(&self) -> usize {
        self.cases.iter().filter(|case| !case.failures.is_empty()).count()
    }
}

/// Runs the cases that `is_chosen` by their names.
pub fn run(suite: &Suite, subject: &dyn Subject, today: Today, is_chosen: impl Fn(&str) -> bool) -> Report {
    let chosen = suite.cases.iter().filter(|case| is_chosen(&case.name));
    let report = |case: &Case| CaseReport {
        name: case.name.clone(),
        loc: case.loc,
        runs: case.runs.len(),
        failures: case.runs.iter().filter_map(|run| failure(case, run, subject, today)).collect(),
    };
    Report { file: suite.file.clone(), policy: suite.policy.clone(), cases: chosen.map(report).collect() }
}

/// What came of one combination.
#[derive(Debug)]
pub(crate) enum Came {
    Judged(Judgement),
    Refused(Vec<Diagnostic>),
    Requested(Body),
}

/// Puts one combination to `subject`.
pub(crate) fn ask(case: &Case, run: &Run, subject: &dyn Subject, today: Today) -> Came {
    match &run.given {
        Given::Facts(applicant) => {
            Came::Judged(subject.judge(&applicant.facts(case.now, &subject.zone()), today))
        }
        Given::Client(input) => match subject.body(input, case.now) {
            Ok(body) => Came::Requested(body),
            Err(problems) => Came::Refused(problems),
        },
    }
}

/// How one combination came out otherwise, if it did.
fn failure(case: &Case, run: &Run, subject: &dyn Subject, today: Today) -> Option<Failure> {
    let answer = ask(case, run, subject, today);
    let because = differences(&case.expected, &answer)?;
    Some(Failure {
        combination: run.label.clone(),
        expected: case.expected.shown(),
        came: answer.shown(),
        because,
    })
}

/// Whether what came is what was expected.
pub(crate) fn meets(expected: &Expected, came: &Came) -> bool {
    differences(expected, came).is_none()
}

/// Why what came is not what was expected; `None` if it is.
fn differences(expected: &Expected, came: &Came) -> Option<Vec<Because>> {
    match (expected, came) {
        (Expected::Outcome { outcome, reasons }, Came::Judged(judgement)) => {
            let found: Vec<Named> = judgement.reasons().iter().map(of_reason).collect();
            let is_met = judgement.ruling() == *outcome
                && reasons.as_ref().is_none_or(|reasons| agree(reasons, &found));
            (!is_met).then(|| judgement.reasons().iter().map(because_of_reason).collect())
        }
        (Expected::Problems(problems), Came::Refused(found)) => {
            let names: Vec<Named> = found.iter().map(of_problem).collect();
            (!agree(problems, &names)).then(|| found.iter().map(|found| because(found, "problem")).collect())
        }
        (Expected::Request { fields, absent, warnings }, Came::Requested(body)) => {
            let mut different: Vec<Because> =
                fields.iter().filter_map(|(name, want)| field_differs(name, want, body)).collect();
            different.extend(absent.iter().filter(|name| body.fields.contains_key(*name)).map(|name| {
                field(name, format!("expected to be absent, came as {}", told(body.masked.get(name))))
            }));
            let names: Vec<Named> = body.warnings.iter().map(of_problem).collect();
            if warnings.as_ref().is_some_and(|warnings| !agree(warnings, &names)) {
                different.push(Because {
                    word: "warnings",
                    id: String::new(),
                    message: format!("came with {}", named(&names)),
                    key: None,
                });
            }
            (!different.is_empty()).then_some(different)
        }
        (_, Came::Refused(found)) => Some(found.iter().map(|found| because(found, "problem")).collect()),
        (_, Came::Judged(judgement)) => Some(judgement.reasons().iter().map(because_of_reason).collect()),
        (_, Came::Requested(_)) => Some(Vec::new()),
    }
}

/// Whether every expected one came, and none came that was not expected. One that comes twice is one.
fn agree(expected: &[Named], came: &[Named]) -> bool {
    let is = |expected: &Named, came: &Named| {
        expected.id == came.id && (expected.about.is_none() || expected.about == came.about)
    };
    expected.iter().all(|expected| came.iter().any(|came| is(expected, came)))
        && came.iter().all(|came| expected.iter().any(|expected| is(expected, came)))
}

fn of_reason(reason: &Reason) -> Named {
    Named { id: reason.kind.as_str().to_owned(), about: reason.key.as_deref().map(str::to_owned) }
}

fn of_problem(problem: &Diagnostic) -> Named {
    let about = match problem.place() {
        Place::Client(field) => Some(field.as_str().to_owned()),
        Place::ClientKey(key) => Some(key.clone()),
        Place::Policy(key) => Some(key.to_string()),
        Place::At(_) | Place::File(_) => None,
    };
    Named { id: problem.rule().id.to_owned(), about }
}

fn because_of_reason(reason: &Reason) -> Because {
    Because {
        word: reason.outcome.as_str(),
        id: reason.kind.as_str().to_owned(),
        message: reason.message.clone(),
        key: reason.key.as_deref().map(str::to_owned),
    }
}

fn because(problem: &Diagnostic, word: &'static str) -> Because {
    let places = std::iter::once(problem.place()).chain(problem.related_places().iter().map(|r| &r.place));
    let key = places.into_iter().find_map(|place| match place {
        Place::Policy(key) => Some(key.to_string()),
        _ => None,
    });
    Because { word, id: problem.rule().id.to_owned(), message: problem.message().to_owned(), key }
}

fn field_differs(name: &str, want: &crate::model::Want, body: &Body) -> Option<Because> {
    let value = body.fields.get(name);
    if value.is_some_and(|value| want.is_met_by(value)) {
        return None;
    }
    let masked = body.masked.get(name);
    let is_personal = is_personal(name) || masked != value;
    Some(field(
        name,
        match value {
            None if is_personal => "is not in the request".to_owned(),
            None => format!("expected {}, and it is not in the request", want.shown()),
            Some(_) if is_personal => {
                "came with another value; it is personal, so neither is shown".to_owned()
            }
            Some(_) => format!("expected {}, came {}", want.shown(), told(masked)),
        },
    ))
}

fn is_personal(name: &str) -> bool {
    WireField::from_name(name)
        .is_some_and(|parameter| parameter.class() == kyc_core::wire::DataClass::Personal)
}

fn field(name: &str, message: String) -> Because {
    Because { word: "field", id: name.to_owned(), message, key: home(name) }
}

/// The policy's key that decides a field of the request.
pub(crate) fn home(name: &str) -> Option<String> {
    let Some(parameter) = WireField::from_name(name) else { return Some(format!("vendor.{name}")) };
    match Field::of(parameter) {
        Some(field) => Some(field.key.to_owned()),
        None => ClientField::of(parameter).map(|_| "client".to_owned()),
    }
}

fn told(value: Option<&serde_json::Value>) -> String {
    value.map_or_else(|| "nothing".to_owned(), shown)
}

/// Names in words.
pub(crate) fn named(names: &[Named]) -> String {
    let one = |name: &Named| match &name.about {
        Some(about) => format!("{} ({about})", name.id),
        None => name.id.clone(),
    };
    if names.is_empty() { "none".to_owned() } else { names.iter().map(one).collect::<Vec<_>>().join(", ") }
}

impl Expected {
    /// In words.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Outcome { outcome, reasons: None } => outcome.to_string(),
            Self::Outcome { outcome, reasons: Some(reasons) } => {
                format!("{outcome}, with the reasons {}", named(reasons))
            }
            Self::Problems(problems) => format!("refused, with the problems {}", named(problems)),
            Self::Request { warnings: Some(warnings), .. } => {
                format!("a request, with the warnings {}", named(warnings))
            }
            Self::Request { .. } => "a request".to_owned(),
        }
    }
}

impl Came {
    fn shown(&self) -> String {
        match self {
            Self::Judged(judgement) => judgement.ruling().to_string(),
            Self::Refused(_) => "refused".to_owned(),
            Self::Requested(_) => "a request".to_owned(),
        }
    }
}
