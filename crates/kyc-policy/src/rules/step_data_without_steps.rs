//! Data for steps that do not exist.

use crate::client::ClientField;
use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};
use crate::written::ClientWord;

pub(crate) static RULE: Rule = Rule {
    id: "step-data-without-steps",
    kind: Kind::Error,
    summary: "`step_data` is taken without steps",
    why: "The vendor refuses data for steps in a request without steps.",
    bad: "client: { accept: [step_data] }",
    good: r"steps: { ALL: { ALL: { UTILITY_BILL: { type: COMPARE, fields: [address] } } } }
client: { accept: [step_data] }",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let written = context.written()?.written;
    context.need(&["steps"])?;
    if written.steps.is_some() {
        return Ok(());
    }
    let words = written.client_require.iter().chain(&written.client_accept);
    for word in words.filter(|word| word.value == ClientWord::Field(ClientField::StepData)) {
        findings.push(
            Diagnostic::new(&RULE, word.loc, "`step_data` needs `steps`").help("declare the steps, or leave it out"),
        );
    }
    Ok(())
}
