//! Two kinds of further uploads at once.

use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "utility-bill-with-steps",
    kind: Kind::Error,
    summary: "`utility_bill` and `steps` stand together",
    why: "The vendor refuses a request with both.",
    bad: r"utility_bill: true
steps: { ALL: { ALL: { UTILITY_BILL: { type: UPLOAD } } } }",
    good: "steps: { ALL: { ALL: { UTILITY_BILL: { type: UPLOAD } } } }",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let written = context.written()?.written;
    if let (Some(bill), Some(steps)) = (written.utility_bill, written.steps) {
        findings.push(
            Diagnostic::new(&RULE, bill, "`utility_bill` and `steps` exclude each other")
                .related(steps, "the steps")
                .help("leave `utility_bill` out: a step named `UTILITY_BILL` does the same"),
        );
    }
    Ok(())
}
