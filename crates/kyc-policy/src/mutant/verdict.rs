//! Steps by which outcomes are milder, as far as the rules allow a policy to say so.

use kyc_core::AgeBounds;

use super::Steps;
use crate::rules::verdict_accepts;
use crate::sections::{AmlList, Outcome, Verdict};
use crate::set::PolicySet;

/// Changes one outcome of a verdict.
type Change = fn(&mut Verdict, Outcome);

pub(super) fn verdict(steps: &mut Steps<'_>, set: &PolicySet) {
    let verdict = &steps.sections().verdict;
    let whole: [(&'static str, Outcome, Change); 2] = [
        ("verdict.default", verdict.default, |verdict, outcome| verdict.default = outcome),
        ("verdict.outside", verdict.outside, |verdict, outcome| verdict.outside = outcome),
    ];
    for (key, outcome, change) in whole {
        // Neither may be `accept`.
        if outcome == Outcome::Reject {
            steps.add(key, "reject -> review".to_owned(), |sections| {
                change(&mut sections.verdict, Outcome::Review);
            });
        }
    }
    tags(steps, set);
    lists(steps);
}

/// Each tag with an outcome of its own, one step milder.
fn tags(steps: &mut Steps<'_>, set: &PolicySet) {
    let sections = steps.sections();
    let has_age = sections.age != AgeBounds::NONE;
    for (tag, outcome) in sections.verdict.tags.iter().copied() {
        let Some(milder) = outcome.milder() else { continue };
        if milder == Outcome::Accept && verdict_accepts::refusal(tag, has_age, set).is_some() {
            continue;
        }
        steps.add(format!("verdict.tags.{tag}"), format!("{outcome} -> {milder}"), |sections| {
            for (of, outcome) in sections.verdict.tags.to_mut() {
                if *of == tag {
                    *outcome = milder;
                }
            }
        });
    }
}

/// Each list, one step milder, whether it has an outcome of its own or not.
fn lists(steps: &mut Steps<'_>) {
    let verdict = &steps.sections().verdict;
    for list in AmlList::ALL.iter().copied() {
        let outcome = verdict.outcome_of_list(list);
        let Some(milder) = outcome.milder() else { continue };
        if milder == Outcome::Accept && list == AmlList::Sanctions {
            continue;
        }
        steps.add(format!("verdict.aml.{list}"), format!("{outcome} -> {milder}"), |sections| {
            sections.verdict.aml = sections.verdict.aml.with(list, milder);
        });
    }
}
