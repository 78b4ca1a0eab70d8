//! Data that no step of the policy compares.

use std::collections::{BTreeMap, BTreeSet};

use kyc_core::{Country, Extra, StepData, StepName, StepPlace, StepType, Steps};

use crate::client::ClientField;
use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "step-data-mismatch",
    kind: Kind::Error,
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
    let country = context.client(ClientField::DocumentCountry, |client| client.document_country)?;
    let (Some(data), Extra::Steps(steps)) = (data, &context.sections.extra) else { return Ok(()) };
    for problem in problems(steps, data, country.map(|country| *country.expose())) {
        findings.push(
            Diagnostic::new(&RULE, ClientField::StepData, format!("`step_data` {problem}"))
                .related(context.value("steps"), "the steps")
                .help("give each compared step all of its fields and nothing else"),
        );
    }
    Ok(())
}

/// What a step of one name compares, wherever it applies.
#[derive(Default)]
struct Compared<'a> {
    /// Fields of some place.
    some: BTreeSet<&'a str>,
    /// Fields of every place.
    every: Option<BTreeSet<&'a str>>,
    compares: bool,
}

/// What does not fit. Names of steps and fields come from the policy, never from the data.
fn problems(steps: &Steps, data: &StepData, country: Option<Country>) -> Vec<String> {
    let mut by_name: BTreeMap<&StepName, Compared<'_>> = BTreeMap::new();
    let applies = |place: &StepPlace| place.country.is_none() || country.is_none() || place.country == country;
    for (place, step) in steps.iter().filter(|(place, _)| applies(place)) {
        let fields: BTreeSet<&str> = step.fields.iter().map(AsRef::as_ref).collect();
        let compared = by_name.entry(&place.name).or_default();
        compared.every = Some(match compared.every.take() {
            Some(every) => &every & &fields,
            None => fields.clone(),
        });
        compared.some.extend(fields);
        compared.compares |= step.kind == Some(StepType::Compare);
    }
    let mut problems = Vec::new();
    // A misspelt name is one mistake: what is unknown may be what is missing.
    let mut unknown_steps = data.steps().filter(|step| !by_name.contains_key(*step)).count();
    if unknown_steps > 0 {
        let known: Vec<_> = by_name.keys().map(|name| format!("`{name}`")).collect();
        problems.push(format!("names a step that does not apply; the steps are {}", known.join(", ")));
    }
    for (name, compared) in by_name.iter().filter(|(_, compared)| !compared.some.is_empty()) {
        let Some(given) = data.expose().get(*name) else {
            if compared.compares && unknown_steps > 0 {
                unknown_steps -= 1;
            } else if compared.compares {
                problems.push(format!("lacks the step `{name}`, which compares"));
            }
            continue;
        };
        let unknown = given.keys().filter(|field| !compared.some.contains(field.as_str())).count();
        let needed = compared.every.iter().flatten();
        let missing = needed.filter(|field| !given.contains_key(**field)).skip(unknown);
        problems.extend(missing.map(|field| format!("lacks the field `{field}` of the step `{name}`")));
        if unknown > 0 {
            let known: Vec<_> = compared.some.iter().map(|field| format!("`{field}`")).collect();
            problems.push(format!("has a field that the step `{name}` does not; it has {}", known.join(", ")));
        }
    }
    problems
}
