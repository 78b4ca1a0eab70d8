//! Age bounds that nobody satisfies.

use kyc_core::AgeBounds;

use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "age-min-above-max",
    kind: Kind::Error,
    summary: "the lower age bound is above the upper one",
    why: "Nobody could pass, and every attempt would be paid for.",
    bad: "age: { min: 30, max: 20 }",
    good: "age: { min: 20, max: 30 }",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let written = context.written()?.written;
    if let (Some(min), Some(max)) = (written.age_min, written.age_max)
        && AgeBounds::new(Some(min.value), Some(max.value)).is_err()
    {
        let message = format!("`age.min` is {}, above `age.max`, which is {}", min.value.get(), max.value.get());
        findings.push(
            Diagnostic::new(&RULE, min.loc, message)
                .related(max.loc, "the upper bound")
                .help("swap or correct the bounds"),
        );
    }
    Ok(())
}
