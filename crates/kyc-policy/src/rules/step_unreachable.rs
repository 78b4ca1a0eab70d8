//! A step for a country that is not allowed.

use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "step-unreachable",
    kind: Kind::Error,
    summary: "a step is about a country that the policy does not allow",
    why: "Its author believes that the country is allowed.",
    bad: r"countries: [LT]
steps: { EE: { ALL: { UTILITY_BILL: { type: UPLOAD } } } }",
    good: r"countries: [EE, LT]
steps: { EE: { ALL: { UTILITY_BILL: { type: UPLOAD } } } }",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let written = context.written()?.written;
    context.need(&["countries"])?;
    let allowed = context.sections.countries.effective();
    for country in written.step_countries.iter().filter(|country| !allowed.contains(country.value)) {
        findings.push(
            Diagnostic::new(
                &RULE,
                country.loc,
                format!("`{}` is not among the countries of the policy", country.value),
            )
            .related(context.value("countries"), "the countries")
            .help("add the country, or leave the step out"),
        );
    }
    Ok(())
}
