//! A list longer than anything it could name.

use crate::diagnostic::{Diagnostic};
use crate::rule::{Kind, Rule};
use crate::rules::Check;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "too-many-entries",
    kind: Kind::Error,
    summary: "a list has too many entries",
    why: "A longer list repeats itself, and reading it only costs time.",
    bad: "documents: [PASSPORT, PASSPORT, …]",
    good: "documents: [PASSPORT]",
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found(loc: Loc, key: &str, max: usize) -> Diagnostic {
    let subject = if key.is_empty() { "the file".to_owned() } else { format!("`{key}`") };
    Diagnostic::new(&RULE, loc, format!("{subject} has more than {max} entries")).help("shorten the list")
}
