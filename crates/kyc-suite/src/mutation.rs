//! Mutation: the policy is loosened one step at a time, and each loosening that no case notices is a gap in the tests.

use std::cell::LazyCell;

use crate::around::UnderTest;
use crate::edges::edges;
use crate::model::{Case, Suite};
use crate::run::{ask, meets};
use crate::suggest::of_mutant;

/// How many loosenings of a policy its cases notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutation {
    /// The policy.
    pub policy: String,
    /// How many cases are about it.
    pub cases: usize,
    /// How many mutants there are that a case can notice.
    pub mutants: usize,
    /// Those that no case notices.
    pub survivors: Vec<Survivor>,
    /// Those that no case can notice, since neither a result nor a request shows them.
    pub unobservable: Vec<(String, String)>,
}

/// A loosening that no case notices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survivor {
    /// The key that means something else, such as `age.min`.
    pub key: String,
    /// What has changed, such as `18 -> 17`.
    pub step: String,
    /// Who would notice, in plain words.
    pub who: String,
    /// A case to paste that would notice.
    pub case: String,
}

impl Mutation {
    /// How many mutants are noticed.
    pub fn noticed(&self) -> usize {
        self.mutants.saturating_sub(self.survivors.len())
    }

    /// In whole percent, rounded down.
    pub fn percent(&self) -> usize {
        (self.noticed() * 100).checked_div(self.mutants).unwrap_or(100)
    }
}

/// Runs the cases of `suites` about this policy against each of its mutants. A case that does not come out as expected
/// for the policy itself notices nothing.
pub fn mutate(suites: &[Suite], under: UnderTest<'_>, otherwise: jiff::Timestamp) -> Mutation {
    let of_policy: Vec<&Suite> = suites.iter().filter(|suite| suite.policy == under.policy.name()).collect();
    let now = of_policy.first().map_or(otherwise, |suite| suite.now);
    let cases = of_policy.iter().flat_map(|suite| &suite.cases);
    let sound: Vec<&Case> = cases.filter(|case| !notices(case, under.policy, under)).collect();
    let all = under.policy.mutants(under.set, under.left_out);
    let (mut mutants, mut survivors, mut unobservable) = (all.len(), Vec::new(), Vec::new());
    let edges = LazyCell::new(|| edges(under, now));
    for mutant in &all {
        if sound.iter().any(|case| notices(case, mutant, under)) {
            continue;
        }
        let (key, step) = (mutant.key().to_owned(), mutant.step().to_owned());
        if let Some((case, who)) = of_mutant(mutant, &edges, under, now) {
            survivors.push(Survivor { key, step, who, case });
        } else {
            mutants -= 1;
            unobservable.push((key, step));
        }
    }
    let cases = of_policy.iter().map(|suite| suite.cases.len()).sum();
    Mutation { policy: under.policy.name().to_owned(), cases, mutants, survivors, unobservable }
}

/// Whether some combination of the case comes out otherwise.
fn notices(case: &Case, subject: &dyn crate::subject::Subject, under: UnderTest<'_>) -> bool {
    case.runs.iter().any(|run| {
        let answer = ask(case, run, subject, under.today());
        !meets(&case.expected, &answer)
    })
}
