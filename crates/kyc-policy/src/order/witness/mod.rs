//! Witnesses: the smallest concrete applicant of whom two policies make something different. What each makes of them is
//! what its verdict says.

mod applicant;
mod cases;
mod words;

use super::OrderedSection;
use crate::judge::{Facts, Ruling, Today};
use crate::policy::Policy;

pub use words::Trait;

/// An applicant of whom two policies make something different.
#[derive(Clone, Debug)]
pub struct Witness {
    /// Everything that is known about the applicant. Beside what matters nothing stands against them, as far as both
    /// policies allow.
    pub facts: Facts,
    /// What it is about the applicant that matters.
    pub about: Trait,
    /// What the older policy makes of them.
    pub was: Ruling,
    /// What the policy makes of them now.
    pub now: Ruling,
}

/// Somebody who fares better under `new` than under `old`, because of this section.
pub(super) fn gains(section: OrderedSection, new: &Policy, old: &Policy) -> Option<Witness> {
    let (facts, about, now, was) = better(section, new, old)?;
    Some(Witness { facts, about, was, now })
}

/// Somebody who fares worse under `new` than under `old`, because of this section.
pub(super) fn loses(section: OrderedSection, new: &Policy, old: &Policy) -> Option<Witness> {
    let (facts, about, was, now) = better(section, old, new)?;
    Some(Witness { facts, about, was, now })
}

/// The first case of the section in which `than` is worse, with what both make of it.
fn better(section: OrderedSection, of: &Policy, than: &Policy) -> Option<(Facts, Trait, Ruling, Ruling)> {
    let ordinary = applicant::ordinary(&of.sections, &than.sections);
    cases::cases(section, &of.sections, &than.sections).find_map(|about| {
        let facts = applicant::facts(&ordinary, about, &of.sections);
        let (better, worse) = (of.judge(&facts, Today::default()), than.judge(&facts, Today::default()));
        (better.ruling() < worse.ruling()).then(|| (facts, about, better.ruling(), worse.ruling()))
    })
}
