//! Politically exposed persons refused for being that.

use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};
use crate::sections::AmlList;

pub(crate) static RULE: Rule = Rule {
    id: "pep-rejected",
    kind: Kind::Error,
    summary: "politically exposed persons are rejected outright",
    why: "Being exposed calls for enhanced diligence, not for exclusion (FATF guidance on politically \
          exposed persons): a person decides.",
    bad: "verdict: { aml: { pep: reject } }",
    good: "verdict: { aml: { pep: review } }",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    context.written()?;
    context.need(&["verdict.aml"])?;
    let aml = &context.sections.verdict.aml;
    if aml.of(AmlList::Pep).is_some_and(|outcome| !AmlList::Pep.outcomes().contains(&outcome)) {
        findings.push(
            Diagnostic::new(&RULE, context.value("verdict.aml.pep"), "`pep` cannot be `reject`: exposure alone rejects nobody")
                .help("write `review`"),
        );
    }
    Ok(())
}
