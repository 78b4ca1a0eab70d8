//! Keys that are no words.

use crate::diagnostic::{Diagnostic};
use crate::rule::{Kind, Rule};
use crate::rules::Check;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "complex-key",
    kind: Kind::Error,
    summary: "a key is a list or a map",
    why: "Every key of a policy is a word.",
    bad: r"? [age]
: 18",
    good: "age: { min: 18 }",
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found(loc: Loc) -> Diagnostic {
    Diagnostic::new(&RULE, loc, "a key must be a single word")
        .help("a `{` or `[` before a colon reads as a key: quote a text that begins with one")
}
