//! People under 18 without a reason.

use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "minors-unexplained",
    kind: Kind::Error,
    summary: "people under 18 are accepted without a reason",
    why: "Whoever approves the policy must see that minors are meant and why.",
    bad: "age: { min: 16 }",
    good: r"age: { min: 16 }
minors: { rationale: Youth accounts with the consent of a parent. }",
};

pub(crate) const CHECK: Option<Check> = Some(check);

const OF_AGE: u32 = 18;

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let definition = context.written()?;
    let (min, max) = (definition.written.age_min, definition.written.age_max);
    // Without a bound the account decides; a bound below 18 says that minors are meant.
    let bound = match (min, max) {
        (Some(min), _) => Some(("age.min", min)),
        (None, Some(max)) => Some(("age.max", max)),
        (None, None) => None,
    };
    if let Some((key, bound)) = bound.filter(|(_, bound)| bound.value.get() < OF_AGE)
        && !definition.places.is_stated("minors")
    {
        let message = format!("`{key}` is {}, and nothing says why minors are accepted", bound.value.get());
        findings.push(
            Diagnostic::new(&RULE, bound.loc, message)
                .help("say why as `minors.rationale`, or raise the bound to 18"),
        );
    }
    Ok(())
}
