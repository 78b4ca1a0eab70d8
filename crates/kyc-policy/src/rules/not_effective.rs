//! A policy outside its days.

use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};
use crate::sections::Effective;

pub(crate) static RULE: Rule = Rule {
    id: "not-effective",
    kind: Kind::Error,
    summary: "the policy is not in force today",
    why: "It was approved for other days.",
    bad: "effective: { until: 2020-01-01 }",
    good: "effective: { until: 2030-01-01 }",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let effective = context.sections.governance.special.effective;
    if effective == Effective::default() {
        return Ok(());
    }
    let today = context.today()?;
    if effective.from.is_some_and(|from| today < from) {
        findings.push(
            Diagnostic::new(&RULE, context.value("effective.from"), "the policy is not in force yet")
                .help("wait for its first day, or use another policy"),
        );
    }
    if effective.until.is_some_and(|until| today > until) {
        findings.push(
            Diagnostic::new(&RULE, context.value("effective.until"), "the policy is no longer in force")
                .help("use the policy that replaced it"),
        );
    }
    Ok(())
}
