//! Verification repeated less often than the set allows.

use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "reverify-too-seldom",
    kind: Kind::Error,
    summary: "people are verified again less often than the set allows",
    why: "The set caps the interval by risk tier.",
    bad: r"# governance: { reverify: { high: 1y } }
risk_tier: high
reverify: { every: 5y }",
    good: r"risk_tier: high
reverify: { every: 1y }",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let set = context.written()?.set;
    context.need(&["reverify", "risk_tier"])?;
    let governance = &context.sections.governance;
    let Some(tier) = governance.risk_tier else { return Ok(()) };
    let Some((_, cap)) = set.reverify_caps.iter().find(|(of, _)| *of == tier) else { return Ok(()) };
    let message = match governance.reverify.every {
        Some(every) if every.seconds() <= cap.seconds() => return Ok(()),
        Some(every) => format!("people are verified again every {every}, and the set caps tier `{tier}` at {cap}"),
        None => format!("`reverify.every` is missing, and the set caps tier `{tier}` at {cap}"),
    };
    let diagnostic = Diagnostic::new(&RULE, context.value("reverify.every"), message)
        .help(format!("let `reverify.every` be `{cap}` or less"));
    findings.push(match set.places.value("governance.reverify") {
        Some(loc) => diagnostic.related(loc, "capped here"),
        None => diagnostic,
    });
    Ok(())
}
