//! A key written twice.

use crate::diagnostic::{Diagnostic, shown};
use crate::rule::{Kind, Rule};
use crate::rules::Check;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "duplicate-key",
    kind: Kind::Error,
    summary: "a key is written twice",
    why: "Programs differ in which of the two they take, so a reviewer could read the one that does not \
          count.",
    bad: r"reuse: never
reuse: while_open",
    good: "reuse: never",
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found(loc: Loc, key: &str, first: Loc) -> Diagnostic {
    Diagnostic::new(&RULE, loc, format!("the key `{}` is written twice", shown(key)))
        .label("second time")
        .related(first, "first written here")
        .help("keep one of them")
}
