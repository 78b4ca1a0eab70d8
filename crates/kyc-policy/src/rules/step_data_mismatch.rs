//! Data that no step of the policy compares.

use std::collections::BTreeSet;

use kyc_core::{Country, Extra, Step, StepData, StepPlace, StepType, Steps};

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

/// What does not fit. Names of steps and fields come from the policy, never from the data.
fn problems(steps: &Steps, data: &StepData, country: Option<Country>) -> Vec<String> {
    let applies = |place: &StepPlace| place.country.is_none() || country.is_none() || place.country == country;
    let mut applying: Vec<_> = steps.iter().filter(|(place, _)| applies(place)).collect();
    applying.sort_by(|(a, _), (b, _)| a.name.cmp(&b.name));
    let by_name = || {
        let of_one = applying.chunk_by(|(a, _), (b, _)| a.name == b.name);
        of_one.filter_map(|steps| Some((&steps.first()?.0.name, Places(steps))))
    };
    let mut problems = Vec::new();
    // A misspelt name is one mistake: what is unknown may be what is missing.
    let mut unknown_steps = data.steps().filter(|step| by_name().all(|(name, _)| name != *step)).count();
    if unknown_steps > 0 {
        let known: Vec<_> = by_name().map(|(name, _)| format!("`{name}`")).collect();
        problems.push(format!("names a step that does not apply; the steps are {}", known.join(", ")));
    }
    for (name, places) in by_name().filter(|(_, places)| places.have_fields()) {
        let Some(given) = data.expose().get(name) else {
            if places.compare() && unknown_steps > 0 {
                unknown_steps -= 1;
            } else if places.compare() {
                problems.push(format!("lacks the step `{name}`, which compares"));
            }
            continue;
        };
        let unknown = given.keys().filter(|field| !places.some_has(field)).count();
        let mut missing: Vec<_> =
            places.of_every().filter(|field| !given.contains_key(*field)).collect();
        missing.sort_unstable();
        missing.dedup();
        problems.extend(
            missing
                .into_iter()
                .skip(unknown)
                .map(|field| format!("lacks the field `{field}` of the step `{name}`")),
        );
        if unknown > 0 {
            let known: BTreeSet<_> = places.of_some().collect();
            let known: Vec<_> = known.into_iter().map(|field| format!("`{field}`")).collect();
            problems.push(format!("has a field that the step `{name}` does not; it has {}", known.join(", ")));
        }
    }
    problems
}

/// The steps of one name, at each place where they apply.
struct Places<'a>(&'a [(&'a StepPlace, &'a Step)]);

impl<'a> Places<'a> {
    fn compare(&self) -> bool {
        self.0.iter().any(|(_, step)| step.kind == Some(StepType::Compare))
    }

    fn have_fields(&self) -> bool {
        self.of_some().next().is_some()
    }

    /// The fields of some place.
    fn of_some(&self) -> impl Iterator<Item = &'a str> {
        self.0.iter().flat_map(|(_, step)| fields(step))
    }

    fn some_has(&self, name: &str) -> bool {
        self.of_some().any(|field| field == name)
    }

    /// The fields of every place.
    fn of_every(&self) -> impl Iterator<Item = &'a str> {
        let (first, others) = self.0.split_first().unzip();
        let others: &[_] = others.unwrap_or_default();
        let first = first.into_iter().flat_map(|(_, step)| fields(step));
        first.filter(move |name| others.iter().all(|(_, step)| fields(step).any(|field| field == *name)))
    }
}

fn fields(step: &Step) -> impl Iterator<Item = &str> {
    step.fields.iter().map(AsRef::as_ref)
}
