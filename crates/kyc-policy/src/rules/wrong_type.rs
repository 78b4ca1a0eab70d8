//! A value of the wrong kind.

use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::Rule;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "wrong-type",
    severity: Severity::Error,
    summary: "a value is of the wrong kind",
    why: "Guessing what was meant would put words into the mouth of the author.",
    bad: "age: 18",
    good: "age: { min: 18 }",
    check: None,
};

pub(crate) fn found(loc: Loc, key: &str, wanted: &str, given: &str) -> Diagnostic {
    let subject = if key.is_empty() { "a policy file".to_owned() } else { format!("`{key}`") };
    Diagnostic::new(&RULE, loc, format!("{subject} takes {wanted}, and this is {given}"))
}
