//! Data for a step that the policy does not have.

use crate::client::ClientField;
use crate::diagnostic::{Diagnostic, Findings, Severity};
use crate::rules::{Context, Ran, Rule};
use crate::sections::ExtraSection;

pub(crate) static RULE: Rule = Rule {
    id: "step-data-unknown-step",
    severity: Severity::Error,
    summary: "step data names a step that the policy does not have",
    why: "The vendor would refuse it or ignore it.",
    bad: r#"# steps: { ALL: { ALL: { UTILITY_BILL: {} } } }
{ "step_data": { "BILL": { "address": "…" } } }"#,
    good: r#"{ "step_data": { "UTILITY_BILL": { "address": "…" } } }"#,
    check: Some(check),
};

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let data = context.client(ClientField::StepData, |client| Some(&client.step_data))?;
    let (Some(data), ExtraSection::Steps(steps)) = (data, &context.sections.extra) else { return Ok(()) };
    if data.steps().any(|step| !steps.has(step)) {
        let mut known: Vec<_> = steps.iter().map(|(place, _)| format!("`{}`", place.name)).collect();
        known.dedup();
        findings.push(
            Diagnostic::new(&RULE, ClientField::StepData, "`step_data` names a step that the policy does not have")
                .related(context.value("steps"), "the steps")
                .help(format!("steps of this policy: {}", known.join(", "))),
        );
    }
    Ok(())
}
