//! A list longer than anything it could name.

use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::Rule;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "too-many-entries",
    severity: Severity::Error,
    summary: "a list has too many entries",
    why: "A longer list repeats itself, and reading it only costs time.",
    bad: "documents: [PASSPORT, PASSPORT, …]",
    good: "documents: [PASSPORT]",
    check: None,
};

pub(crate) fn found(loc: Loc, key: &str, max: usize) -> Diagnostic {
    Diagnostic::new(&RULE, loc, format!("`{key}` has more than {max} entries")).help("shorten the list")
}
