//! A last day before the first.

use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "effective-never",
    kind: Kind::Error,
    summary: "the last day lies before the first",
    why: "No token could ever be issued.",
    bad: "effective: { from: 2027-01-01, until: 2026-01-01 }",
    good: "effective: { from: 2026-01-01, until: 2027-01-01 }",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    context.written()?;
    context.need(&["effective"])?;
    let effective = context.sections.governance.special.effective;
    if let (Some(from), Some(until)) = (effective.from, effective.until)
        && until < from
    {
        findings.push(
            Diagnostic::new(
                &RULE,
                context.value("effective.until"),
                format!("`until` is {until}, before `from`, which is {from}"),
            )
            .related(context.value("effective.from"), "the first day")
            .help("swap or correct the days"),
        );
    }
    Ok(())
}
