//! What is made of a result.

use kyc_policy::{AmlList, Outcome, Verdict};

use super::{join, tag};

/// What becomes of a person, as a phrase behind `they`.
pub const fn outcome(of: Outcome) -> &'static str {
    match of {
        Outcome::Accept => "accepted",
        Outcome::Review => "reviewed by a person",
        Outcome::Reject => "refused",
    }
}

/// An entry on a list against money laundering.
pub const fn list(of: AmlList) -> &'static str {
    match of {
        AmlList::Sanctions => "an entry on a sanctions list",
        AmlList::Pep => "an entry among politically exposed persons",
        AmlList::AdverseMedia => "an entry in adverse media",
        AmlList::FalsePositive => "an entry that the vendor's people call somebody else's",
    }
}

/// Every outcome that the policy states: `outside the policy: reviewed by a person; other warnings: …`.
pub fn verdict(verdict: &Verdict) -> String {
    let mut parts = vec![format!("whoever is outside the policy is {}", outcome(verdict.outside))];
    for of in Outcome::ALL.iter().rev() {
        let tags = verdict.tags.iter().filter(|(_, to)| to == of).map(|(found, _)| tag(*found));
        let lists = verdict.aml.iter().filter(|(_, to)| to == of).map(|(found, _)| list(found));
        let findings = join(tags.chain(lists));
        if !findings.is_empty() {
            parts.push(format!("{}: {findings}", outcome(*of)));
        }
    }
    parts.push(format!("any other warning: {}", outcome(verdict.default)));
    parts.join("; ")
}
