//! Results that bypass our verdict.

use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "webhook-bypasses-verdict",
    kind: Kind::Error,
    summary: "results are sent past the address of the set",
    why: "Whoever receives them sees the vendor's approval and not whether the policy was satisfied.",
    bad: "webhook: https://other.example.com/kyc",
    good: r#"webhook: { url: "https://hooks.example.com/legacy", unjudged: Migration until June. }"#,
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let set = context.written()?.set;
    context.need(&["webhook"])?;
    let Some(webhook) = &context.sections.special.webhook else { return Ok(()) };
    let is_intake = set.intake.as_ref().is_some_and(|intake| intake.as_str() == webhook.url.as_str());
    if is_intake || webhook.unjudged.is_some() || set.places.is_broken("intake") {
        return Ok(());
    }
    let diagnostic = Diagnostic::new(&RULE, context.value("webhook.url"), "results sent here would bypass the verdict of this policy");
    findings.push(match set.places.value("intake") {
        Some(loc) => diagnostic
            .related(loc, "where results are judged")
            .help("leave `webhook` out or write the set's `intake`; or say why as `webhook.unjudged`"),
        None => diagnostic.help("name the address where results are judged as `intake` in `_set.yaml`; or say why as `webhook.unjudged`"),
    });
    Ok(())
}
