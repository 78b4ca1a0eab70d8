//! A text longer than people read.

use crate::diagnostic::{Diagnostic};
use crate::rule::{Kind, Rule};
use crate::rules::Check;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "text-too-long",
    kind: Kind::Error,
    summary: "a text is longer than its bound",
    why: "Bounded texts keep the reports readable that show them.",
    bad: r#"owner: "… 300 characters …""#,
    good: "owner: payments-risk@example.com",
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found(loc: Loc, key: &str, max: usize) -> Diagnostic {
    Diagnostic::new(&RULE, loc, format!("`{key}` has more than {max} characters")).help("shorten the text")
}
