//! A number outside its bounds.

use crate::diagnostic::{Diagnostic, shown};
use crate::rule::{Kind, Rule};
use crate::rules::Check;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "number-out-of-bounds",
    kind: Kind::Error,
    summary: "a number is outside the bounds of the vendor",
    why: "The vendor would refuse every token of the policy.",
    bad: "token: { session_length: 59s }",
    good: "token: { session_length: 60s }",
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found(loc: Loc, key: &str, text: &str, bounds: &str) -> Diagnostic {
    Diagnostic::new(&RULE, loc, format!("`{key}` is `{}`, outside {bounds}", shown(text)))
        .help(format!("write a value from {bounds}"))
}
