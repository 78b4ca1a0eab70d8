//! A parameter that this release does not know.

use crate::diagnostic::{Diagnostic, Findings, shown};
use crate::rule::{Kind, Level, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "vendor-field",
    kind: Kind::Lint(Level::Warn),
    summary: "a parameter is sent that this release does not know",
    why: "Nothing about it is checked, compared or judged here.",
    bad: "vendor: { brandNewSwitch: true }",
    good: "# a key of the policy language, once a release knows it",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    for name in &context.written()?.written.vendor {
        if context.sections.special.vendor.iter().any(|known| known.name() == name.value) {
            findings.push(
                Diagnostic::new(&RULE, name.loc, format!("`{}` is sent to the vendor unchecked", shown(&name.value)))
                    .help("move it to a key of the policy language once a release knows it"),
            );
        }
    }
    Ok(())
}
