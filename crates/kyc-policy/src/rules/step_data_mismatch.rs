//! Data that no step of the policy compares.

use kyc_core::{Extra, StepData, Steps};

use crate::client::ClientField;
use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Rule, Severity};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "step-data-mismatch",
    severity: Severity::Error,
    summary: "step data does not fit the steps of the policy",
    why: "The vendor would compare nothing, or refuse the request.",
    bad: r#"# steps: { ALL: { ALL: { UTILITY_BILL: { type: COMPARE, fields: [address] } } } }
{ "step_data": { "UTILITY_BILL": { "adress": "…" } } }"#,
    good: r#"{ "step_data": { "UTILITY_BILL": { "address": "…" } } }"#,
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let data = context.client(ClientField::StepData, |client| {
        client.given.contains(ClientField::StepData).then_some(&client.step_data)
    })?;
    let (Some(data), Extra::Steps(steps)) = (data, &context.sections.extra) else { return Ok(()) };
    for problem in problems(steps, data) {
        findings.push(
            Diagnostic::new(&RULE, ClientField::StepData, format!("`step_data` {problem}"))
                .related(context.value("steps"), "the steps")
                .help("give each compared step all of its fields and nothing else"),
        );
    }
    Ok(())
}

/// What does not fit. Names of steps and fields come from the policy, never from the data.
fn problems(steps: &Steps, data: &StepData) -> Vec<String> {
    let mut problems = Vec::new();
    if data.is_empty() {
        problems.push("is empty".to_owned());
    }
    if data.steps().any(|step| !steps.has(step)) {
        let mut known: Vec<_> = steps.iter().map(|(place, _)| format!("`{}`", place.name)).collect();
        known.dedup();
        problems.push(format!("names a step that the policy does not have; it has {}", known.join(", ")));
    }
    for (place, step) in steps.iter().filter(|(_, step)| !step.fields.is_empty()) {
        let Some(given) = data.expose().get(&place.name) else { continue };
        let missing = step.fields.iter().filter(|field| !given.contains_key(*field));
        problems.extend(missing.map(|field| format!("lacks the field `{field}` of the step `{}`", place.name)));
        if given.keys().any(|field| !step.fields.contains(field)) {
            let known: Vec<_> = step.fields.iter().map(|field| format!("`{field}`")).collect();
            problems.push(format!("has a field that the step `{}` does not; it has {}", place.name, known.join(", ")));
        }
    }
    problems
}
