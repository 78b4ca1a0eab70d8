//! Coverage: which edges of a policy its cases touch. A case touches an edge if it comes out as expected, stands there,
//! and what decides there is what came.

use kyc_policy::ClientInput;

use crate::around::UnderTest;
use crate::edges::{Decided, Edge, Probe, Seen, edges};
use crate::model::{Case, Given, Suite};
use crate::run::{Came, ask, meets};
use crate::suggest::of_edge;

/// How much of a policy its cases touch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The policy.
    pub policy: String,
    /// How many cases are about it.
    pub cases: usize,
    /// How many edges it has.
    pub edges: usize,
    /// Those that no case touches.
    pub untouched: Vec<Untouched>,
}

/// An edge that no case touches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untouched {
    /// The key that decides there.
    pub key: String,
    /// Who stands there, in plain words.
    pub what: String,
    /// A case to paste that touches it.
    pub case: String,
}

impl Coverage {
    /// How many edges are touched.
    pub fn touched(&self) -> usize {
        self.edges.saturating_sub(self.untouched.len())
    }

    /// In whole percent, rounded down.
    pub fn percent(&self) -> usize {
        (self.touched() * 100).checked_div(self.edges).unwrap_or(100)
    }
}

/// What the cases of `suites` about this policy touch. Without a case nothing is touched, and the edges are those of
/// the moment `otherwise`.
pub fn coverage(suites: &[Suite], under: UnderTest<'_>, otherwise: jiff::Timestamp) -> Coverage {
    let of_policy: Vec<&Suite> = suites.iter().filter(|suite| suite.policy == under.policy.name()).collect();
    let now = of_policy.first().map_or(otherwise, |suite| suite.now);
    let mut left = edges(under, now);
    let total = left.len();
    for suite in &of_policy {
        for case in &suite.cases {
            for run in &case.runs {
                let came = ask(case, run, under.policy, under.today());
                if meets(&case.expected, &came) {
                    left.retain(|edge| !is_touched(edge, case, &run.given, &came, under));
                }
            }
        }
    }
    let untouched =
        |edge: Edge| Untouched { case: of_edge(&edge, under, now), key: edge.key, what: edge.what };
    Coverage {
        policy: under.policy.name().to_owned(),
        cases: of_policy.iter().map(|suite| suite.cases.len()).sum(),
        edges: total,
        untouched: left.into_iter().map(untouched).collect(),
    }
}

fn is_touched(edge: &Edge, case: &Case, given: &Given, answer: &Came, under: UnderTest<'_>) -> bool {
    let zone = under.policy.sections().zone();
    match (&edge.probe, given, answer) {
        (Probe::Facts { by, stands, .. }, Given::Facts(applicant), Came::Judged(judgement)) => {
            let facts = applicant.facts(case.now, &zone);
            Decided::is_seen_in(by, judgement) && stands(&Seen::new(&facts, &zone))
        }
        (Probe::Client { stands, .. }, Given::Client(_), answer) => {
            stands(answer, zone.to_datetime(case.now).date())
        }
        _ => false,
    }
}

/// The client of a probe as it would arrive.
pub(crate) fn input(values: &[(kyc_policy::ClientField, kyc_policy::InputValue)]) -> ClientInput {
    let mut input = ClientInput::default();
    for (field, value) in values {
        input.push(field.as_str().to_owned(), value.clone());
    }
    input
}
