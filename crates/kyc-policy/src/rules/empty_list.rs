//! An empty list or section.

use crate::diagnostic::{Diagnostic, shown};
use crate::rule::{Kind, Rule};
use crate::rules::Check;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "empty-list",
    kind: Kind::Error,
    summary: "a list or a section is empty",
    why: "An empty list reads as \"nothing\" to one program and as \"everything\" to another.",
    bad: "eid: []",
    good: "# leave `eid` out, or name what is meant",
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found(loc: Loc, key: &str, kind: &str) -> Diagnostic {
    Diagnostic::new(&RULE, loc, format!("`{}` is an empty {kind}", shown(key))).help("name what is meant, or leave the key out")
}
