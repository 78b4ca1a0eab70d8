//! A level or a waiver of something that has none.

use crate::diagnostic::Diagnostic;
use crate::rule::{Kind, Rule};
use crate::rules::{Check, waiver_expired, waiver_unused};
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "rule-not-configurable",
    kind: Kind::Error,
    summary: "only lints have levels and waivers",
    why: "An error means that a policy cannot be enforced as it is written; turning it down would not change that.",
    bad: "lints: { unknown-country: allow }",
    good: "lints: { account-decides: deny }",
};

pub(crate) const CHECK: Option<Check> = None;

/// `rule` is no lint, and has been named where lints are.
pub(crate) fn found(loc: Loc, rule: &Rule) -> Diagnostic {
    let id = rule.id;
    let (message, help) = if rule.kind == Kind::Notice {
        (
            format!("`{id}` is about one client's data, and has neither level nor waiver"),
            "it refuses nothing; leave this out",
        )
    } else {
        (
            format!("`{id}` is an error, which has neither level nor waiver"),
            "mend what it is about; `kyc explain` lists the lints",
        )
    };
    Diagnostic::new(&RULE, loc, message).help(help)
}

/// Whether waivers can excuse findings of this lint: of any that is not about waivers itself.
pub(crate) fn is_waivable(lint: &Rule) -> bool {
    ![waiver_expired::RULE.id, waiver_unused::RULE.id].contains(&lint.id)
}

/// `rule` is a lint about waivers, and a waiver has been written for it.
pub(crate) fn waiver_of_waivers(loc: Loc, rule: &Rule) -> Diagnostic {
    Diagnostic::new(&RULE, loc, format!("`{}` is about waivers, and is not waived itself", rule.id))
        .help("renew the waiver that it is about, or remove it")
}
