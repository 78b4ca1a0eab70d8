//! A text longer than people read.

use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::Rule;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "text-too-long",
    severity: Severity::Error,
    summary: "a text is longer than its bound",
    why: "Bounded texts keep the reports readable that show them.",
    bad: r#"owner: "… 300 characters …""#,
    good: "owner: payments-risk@example.com",
    check: None,
};

pub(crate) fn found(loc: Loc, key: &str, max: usize) -> Diagnostic {
    Diagnostic::new(&RULE, loc, format!("`{key}` has more than {max} characters")).help("shorten the text")
}
