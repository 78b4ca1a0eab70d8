//! An exception whose time is up.

use crate::diagnostic::Diagnostic;
use crate::lints::Waiver;
use crate::rule::{Kind, Level, Rule};
use crate::rules::Check;

pub(crate) static RULE: Rule = Rule {
    id: "waiver-expired",
    kind: Kind::Lint(Level::Warn),
    summary: "a waiver has run out and no longer counts",
    why: "An exception was made until a day; that it goes on is to be decided again, by people.",
    bad: "waivers: [{ lint: account-decides, policy: shop, reason: RISK-9, until: 2020-01-01 }]",
    good: "waivers: [{ lint: account-decides, policy: shop, reason: RISK-9, until: 2030-01-01 }]",
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found(waiver: &Waiver) -> Diagnostic {
    let (lint, policy) = (waiver.lint().id, waiver.policy());
    let message = format!("the waiver of `{lint}` for `{policy}` ran out on {} and no longer counts", waiver.until());
    Diagnostic::new(&RULE, waiver.loc, message).help("mend what it excused, or decide anew and write a later day")
}
