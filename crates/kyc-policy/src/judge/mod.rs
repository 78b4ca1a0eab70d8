//! The verdict: what a policy says about a result. This is the ground truth of what a policy means; the comparison of
//! policies must agree with it.
//!
//! A pure function over facts. Nothing becomes an acceptance by silence: a fact that the policy needs and that is not
//! known is for a person to look at. The worst reason decides.

mod applicant;
mod conclusion;
mod evidence;
mod expiry;
mod facts;
mod lists;
mod matrix;
mod person;
mod verdict;

use jiff::Timestamp;
use jiff::civil;
use kyc_core::CountrySet;

use crate::policy::Policy;
use crate::sections::{Outcome, Sections};

pub use applicant::{Applicant, Validity, Whence};
pub use facts::{Aml, AmlStatus, Birth, Expires, Facts, ResultTag};
pub use verdict::{Judgement, Reason, ReasonKind, Ruling};

/// What holds on the day of the verdict, whatever the policy said when its token was issued.
#[derive(Clone, Copy, Debug, Default)]
pub struct Today {
    /// Countries whose documents never pass: the set's `deny`.
    pub deny: CountrySet,
}

impl Policy {
    /// What the policy makes of a result.
    pub fn judge(&self, facts: &Facts, today: Today) -> Judgement {
        judge(&self.sections, facts, today)
    }
}

/// What `sections` make of a result.
pub(crate) fn judge(sections: &Sections, facts: &Facts, today: Today) -> Judgement {
    if let Some(reason) = conclusion::not_concluded(facts) {
        return Judgement { ruling: reason.outcome, reasons: vec![reason] };
    }
    let judging = Judging::new(sections, facts, today);
    let mut reasons = Vec::new();
    for rule in RULES {
        rule(&judging, &mut reasons);
    }
    reasons.retain(|reason| reason.outcome != Ruling::Accept);
    // Stable, so equal reasons keep the order of the rules.
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.outcome));
    let ruling = reasons.first().map_or(Ruling::Accept, |worst| worst.outcome);
    Judgement { ruling, reasons }
}

/// A rule of the verdict.
type Rule = fn(&Judging<'_>, &mut Vec<Reason>);

const RULES: &[Rule] = &[
    conclusion::judge,
    matrix::judge,
    person::nationality,
    person::ip_country,
    person::age,
    expiry::judge,
    lists::tags,
    lists::aml,
    evidence::judge,
];

/// What every rule looks at.
struct Judging<'a> {
    sections: &'a Sections,
    facts: &'a Facts,
    today: Today,
    /// First and last day of the session, in the policy's time zone: whichever is stricter counts.
    first_day: civil::Date,
    last_day: civil::Date,
}

impl<'a> Judging<'a> {
    fn new(sections: &'a Sections, facts: &'a Facts, today: Today) -> Self {
        let zone = sections.zone();
        let day = |moment: Timestamp| zone.to_datetime(moment).date();
        let (begin, end) = (day(facts.started), day(facts.finished));
        Self { sections, facts, today, first_day: begin.min(end), last_day: begin.max(end) }
    }

    /// What follows from a fact outside the policy.
    fn outside(&self) -> Outcome {
        self.sections.verdict.outside
    }
}

impl Reason {
    fn new(
        kind: ReasonKind,
        outcome: impl Into<Ruling>,
        key: impl Into<std::borrow::Cow<'static, str>>,
        message: impl Into<String>,
    ) -> Self {
        Self { kind, outcome: outcome.into(), key: Some(key.into()), message: message.into() }
    }

    /// A reason that holds under every policy.
    fn always(kind: ReasonKind, outcome: Ruling, message: impl Into<String>) -> Self {
        Self { kind, outcome, key: None, message: message.into() }
    }
}

#[cfg(test)]
mod tests;
