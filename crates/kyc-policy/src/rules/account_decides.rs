//! A decision left to the account.

use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Level, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "account-decides",
    kind: Kind::Lint(Level::Warn),
    summary: "the account decides",
    why: "What the account's switches say today is not in the policy, is not reviewed with it and can \
          change tomorrow.",
    bad: "checks: { aml: account }",
    good: "checks: { aml: true }",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    for key in &context.written()?.written.account {
        findings.push(
            Diagnostic::new(&RULE, key.loc, format!("`{}` is left to the switches of the account", key.value))
                .help("state what the policy demands"),
        );
    }
    Ok(())
}
