//! Mutants: a policy with one thing loosened, to see whether its tests would notice.
//!
//! A mutant judges and makes the body of a request as a policy does, and it is none: no rule has been run over it, and
//! there is no way from it to a [`Policy`] or to a request that could be sent.

mod accepts;
mod demands;
mod verdict;

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kyc_core::CountrySet;
use zeroize::Zeroizing;

use crate::client::Client;
use crate::diagnostic::Diagnostic;
use crate::judge::{Facts, Judgement, Today};
use crate::merge::merge;
use crate::order::{Change, Class, OrderedSection};
use crate::policy::Policy;
use crate::rules::Waiting;
use crate::sections::Sections;
use crate::set::PolicySet;

/// A policy with one thing loosened.
///
/// Nobody can issue a token under it:
///
/// ```compile_fail,E0616
/// fn leak(mutant: kyc_policy::Mutant) -> kyc_policy::Policy {
///     mutant.policy
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Mutant {
    /// Never handed out: it is proven by nobody.
    policy: Policy,
    section: OrderedSection,
    key: Cow<'static, str>,
    step: String,
}

/// The body of a request that a mutant would make.
pub struct MutantBody {
    /// The body, as a policy's request would be sent.
    pub wire: Zeroizing<Vec<u8>>,
    /// The body with every personal value masked.
    pub masked: String,
    /// Things worth a look.
    pub warnings: Vec<Diagnostic>,
}

impl std::fmt::Debug for MutantBody {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MutantBody").field("masked", &self.masked).finish_non_exhaustive()
    }
}

impl Policy {
    /// Every loosening of this policy by one step: one country or document type more, a bound one further, a check off, an
    /// outcome one milder, a demand less. Each is looser than the policy, or nobody can say. Of long lists some
    /// representatives stand for all: the number is bounded by what the policy states.
    ///
    /// `set` is what the policy is under: its denied countries stay denied, and what it never accepts is never accepted.
    /// `left_out` are countries that the policy leaves out in so many words.
    pub fn mutants(&self, set: &PolicySet, left_out: CountrySet) -> Vec<Mutant> {
        let mut steps = Steps { original: self, mutants: Vec::new() };
        accepts::countries(&mut steps, set.denied(), left_out);
        accepts::documents(&mut steps);
        accepts::screens(&mut steps);
        accepts::age(&mut steps);
        accepts::expiry(&mut steps);
        verdict::verdict(&mut steps, set);
        demands::token_type(&mut steps);
        demands::flags(&mut steps);
        demands::questionnaire(&mut steps);
        demands::nfc(&mut steps);
        demands::extra(&mut steps);
        demands::registries(&mut steps);
        demands::values(&mut steps);
        demands::client(&mut steps);
        steps.mutants
    }
}

impl Mutant {
    /// The part of the policy that is looser.
    pub const fn section(&self) -> OrderedSection {
        self.section
    }

    /// The key whose meaning has changed, such as `age.min`.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// What has changed, such as `18 -> 17`.
    pub fn step(&self) -> &str {
        &self.step
    }

    /// What the mutant makes of a result.
    pub fn judge(&self, facts: &Facts, today: Today) -> Judgement {
        self.policy.judge(facts, today)
    }

    /// The body of the request that the mutant would make for a client.
    ///
    /// # Errors
    ///
    /// All problems of the client's data under the mutant.
    pub fn body(&self, client: Client, now: Timestamp) -> Result<MutantBody, Vec<Diagnostic>> {
        let merged = merge(&self.policy, client, now)?;
        let request = merged.request();
        Ok(MutantBody {
            wire: request.to_wire(),
            masked: request.to_masked_wire(),
            warnings: merged.warnings().to_vec(),
        })
    }

    /// The zone whose calendar days count.
    pub fn zone(&self) -> TimeZone {
        self.policy.sections().zone()
    }

    /// How the mutant differs from the policy that it was made of, with a witness where a result shows it.
    pub fn change(&self, original: &Policy, set: &PolicySet) -> Option<Change> {
        self.policy.changes_since(original, set).into_iter().next()
    }

    /// How the mutant compares with a policy.
    #[cfg(test)]
    fn compare(&self, original: &Policy) -> Class {
        self.policy.compare(original)
    }
}

/// The steps that have been taken.
struct Steps<'p> {
    original: &'p Policy,
    mutants: Vec<Mutant>,
}

impl<'p> Steps<'p> {
    fn sections(&self) -> &'p Sections {
        &self.original.sections
    }

    /// Adds the policy with `change` done to it, unless the change means nothing or makes it tighter.
    fn add(&mut self, key: impl Into<Cow<'static, str>>, step: String, change: impl FnOnce(&mut Sections)) {
        let mut sections = self.original.sections.clone();
        change(&mut sections);
        let policy = Policy::proven(sections, Waiting::ALL);
        let class = |section: &OrderedSection| section.compare(&policy, self.original);
        let section = OrderedSection::ALL.iter().find(|section| class(section) != Class::Equal);
        let Some(section) = section.copied().filter(|section| class(section) != Class::Tighter) else {
            return;
        };
        self.mutants.push(Mutant { policy, section, key: key.into(), step });
    }
}

#[cfg(test)]
mod tests;
