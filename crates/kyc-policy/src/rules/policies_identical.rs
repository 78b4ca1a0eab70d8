//! Two policies that do the same.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::rule::{Kind, Level, Rule};
use crate::rules::Check;
use crate::together::{Member, Noted};

pub(crate) static RULE: Rule = Rule {
    id: "policies-identical",
    kind: Kind::Lint(Level::Warn),
    summary: "two policies of one folder do the same",
    why: "Of two policies that do the same, one is changed some day and the other forgotten.",
    bad: r"# a.yaml and b.yaml, beside their names
countries: [LT]
documents: [PASSPORT]",
    good: "# one file, by whose name both services issue",
};

pub(crate) const CHECK: Option<Check> = None;

/// Adds a finding about each policy that does the same as an earlier one.
pub(crate) fn check(members: &[Member<'_>], noted: &mut Noted<'_>) {
    let mut seen = BTreeMap::new();
    for member in members {
        let Some(policy) = member.policy else { continue };
        if let Some(first) = seen.get(&policy.digest()) {
            noted.add(found(member, first), member);
        } else {
            seen.insert(policy.digest(), *member);
        }
    }
}

fn found(member: &Member<'_>, first: &Member<'_>) -> Diagnostic {
    let message = format!("`{}` does exactly what `{}` does", member.name, first.name);
    Diagnostic::new(&RULE, member.place("name"), message)
        .related(first.place("name"), "the other policy")
        .help("issue by one name and remove the other file, or make the difference that was meant")
}
