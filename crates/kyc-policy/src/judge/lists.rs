//! Tags that the vendor puts on results, and what lists against money laundering say.

use super::{AmlStatus, Judging, Reason, ReasonKind, ResultTag, Ruling};
use crate::sections::{AmlList, Outcome};

pub(super) fn tags(judging: &Judging<'_>, reasons: &mut Vec<Reason>) {
    let verdict = &judging.sections.verdict;
    for tag in &judging.facts.tags {
        reasons.push(match tag {
            ResultTag::Known(tag) => {
                let is_stated = verdict.tags.iter().any(|(of, _)| of == tag);
                let key =
                    if is_stated { format!("verdict.tags.{tag}") } else { "verdict.default".to_owned() };
                Reason::new(
                    ReasonKind::Tagged,
                    verdict.outcome_of_tag(*tag),
                    key,
                    format!("the vendor put the tag `{tag}` on it"),
                )
            }
            ResultTag::Unknown(word) => {
                // What a word means that nobody has read about cannot be accepted.
                let outcome = verdict.default.max(Outcome::Review);
                let message =
                    format!("the vendor put the tag `{word}` on it, which this release does not know");
                Reason::new(ReasonKind::TagUnknown, outcome, "verdict.default", message)
            }
        });
    }
}

pub(super) fn aml(judging: &Judging<'_>, reasons: &mut Vec<Reason>) {
    let verdict = &judging.sections.verdict;
    for (list, status) in judging.facts.aml.lists() {
        let (of, found) = match status {
            AmlStatus::NotChecked | AmlStatus::Clear => continue,
            AmlStatus::FalsePositive => (AmlList::FalsePositive, "an entry of somebody else"),
            AmlStatus::Hit => (list, "an entry"),
        };
        let is_stated = verdict.aml.of(of).is_some();
        let key = if is_stated { format!("verdict.aml.{of}") } else { "verdict.default".to_owned() };
        let outcome: Ruling = verdict.outcome_of_list(of).into();
        reasons.push(Reason::new(ReasonKind::ListHit, outcome, key, format!("`{list}` has {found}")));
    }
}
