//! Nesting that no policy needs.

use crate::diagnostic::{Diagnostic};
use crate::rule::{Kind, Rule};
use crate::read::MAX_DEPTH;
use crate::rules::Check;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "nesting-too-deep",
    kind: Kind::Error,
    summary: "the file is nested more than 16 deep",
    why: "No section of a policy is nested that deeply; reading on would only cost memory.",
    bad: "vendor: { a: { b: { c: … } } }",
    good: "vendor: { a: 1 }",
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found(loc: Loc) -> Diagnostic {
    Diagnostic::new(&RULE, loc, format!("nested more than {MAX_DEPTH} deep"))
        .help("check brackets and indentation: no section is nested that deeply")
}
