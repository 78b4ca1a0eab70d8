//! A step that compares with nothing.

use kyc_core::{Extra, StepType};

use crate::client::ClientField;
use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Level, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "nothing-to-compare",
    kind: Kind::Lint(Level::Warn),
    summary: "a step compares, and there is nothing to compare with",
    why: "The upload is asked for and paid for, and no field of it is checked.",
    bad: "steps: { ALL: { ALL: { UTILITY_BILL: { type: COMPARE } } } }",
    good: r"steps: { ALL: { ALL: { UTILITY_BILL: { type: COMPARE, fields: [address] } } } }
client: { require: [step_data] }",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let written = context.written()?.written;
    context.need(&["steps", "client"])?;
    let Extra::Steps(steps) = &context.sections.extra else { return Ok(()) };
    let takes_data = context.fields().contains(ClientField::StepData);
    for (place, step) in steps.iter().filter(|(_, step)| step.kind == Some(StepType::Compare)) {
        let problem = if step.fields.is_empty() {
            "names no fields"
        } else if !takes_data {
            "is given no data: `client` does not take `step_data`"
        } else {
            continue;
        };
        let at = written.step_places.iter().find(|written| written.value == *place);
        let at = at.map_or_else(|| context.key("steps"), |written| written.loc.into());
        findings.push(
            Diagnostic::new(&RULE, at, format!("`{}` compares, and {problem}", place.name))
                .help("name its `fields` and require the client field `step_data`, or let its `type` be `UPLOAD`"),
        );
    }
    Ok(())
}
