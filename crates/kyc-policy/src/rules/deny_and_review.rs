//! A country that is both refused and looked at.

use kyc_core::Country;

use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "deny-and-review",
    kind: Kind::Error,
    summary: "a country is both denied and for review",
    why: "One of the two is a mistake.",
    bad: "nationality: { deny: [KP], review: [KP] }",
    good: "nationality: { deny: [KP], review: [IR] }",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    context.written()?;
    let sections = context.sections;
    let screens = [
        ("nationality.deny", "nationality.review", sections.nationality),
        ("ip_country.deny", "ip_country.review", sections.ip_country),
    ];
    for (deny, review, screen) in screens {
        let both: Vec<_> = (screen.deny & screen.review).iter().map(Country::code).collect();
        if !both.is_empty() {
            findings.push(
                Diagnostic::new(&RULE, context.value(review), format!("also denied: {}", both.join(", ")))
                    .related(context.value(deny), "denied here")
                    .help("keep one of them"),
            );
        }
    }
    Ok(())
}
