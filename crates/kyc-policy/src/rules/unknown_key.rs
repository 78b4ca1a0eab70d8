//! A key that is not part of the language.

use crate::diagnostic::{Diagnostic, shown};
use crate::rule::{Rule, Severity};
use crate::rules::Check;
use crate::source::Loc;
use crate::suggest::did_you_mean;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-key",
    severity: Severity::Error,
    summary: "a key is not part of the policy language",
    why: "A misspelt key that was ignored would leave the rule out that its author thinks is in force.",
    bad: "contries: [LT]",
    good: "countries: [LT]",
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found<'a>(
    loc: Loc,
    key: &str,
    section: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let message = match section {
        "" => format!("unknown key `{}`", shown(key)),
        section => format!("unknown key `{}` in `{section}`", shown(key)),
    };
    let diagnostic = Diagnostic::new(&RULE, loc, message);
    match did_you_mean(key, known) {
        Some(help) => diagnostic.help(help),
        None => diagnostic.help("`kyc new NAME` writes a policy with the usual keys"),
    }
}
