//! An exception that nothing needs.

use crate::diagnostic::Diagnostic;
use crate::lints::{SET, Waiver};
use crate::rule::{Kind, Level, Rule};
use crate::rules::Check;
use crate::suggest::nearest;

pub(crate) static RULE: Rule = Rule {
    id: "waiver-unused",
    kind: Kind::Lint(Level::Warn),
    summary: "a waiver excuses nothing",
    why: "An exception that nothing needs waits for a mistake that nobody will see.",
    bad: r"# shop.yaml leaves nothing to the account
waivers: [{ lint: account-decides, policy: shop, reason: RISK-9, until: 2030-01-01 }]",
    good: r"# shop.yaml: checks: { aml: account }
waivers: [{ lint: account-decides, policy: shop, reason: RISK-9, until: 2030-01-01 }]",
};

pub(crate) const CHECK: Option<Check> = None;

/// `policies` are the names of the policies that were looked at.
pub(crate) fn found<'a>(waiver: &Waiver, policies: impl Iterator<Item = &'a str> + Clone) -> Diagnostic {
    let (lint, policy) = (waiver.lint().id, waiver.policy());
    if policy != SET && !policies.clone().any(|known| known == policy) {
        let help = match nearest(policy, policies) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "remove it, or name a policy of the folder".to_owned(),
        };
        return Diagnostic::new(&RULE, waiver.loc, format!("a waiver of `{lint}` is for `{policy}`, and no policy is named so"))
            .help(help);
    }
    let at = waiver.key().map(|key| format!(" at `{key}`")).unwrap_or_default();
    Diagnostic::new(&RULE, waiver.loc, format!("the waiver of `{lint}` excuses nothing in `{policy}`{at}")).help("remove it")
}
