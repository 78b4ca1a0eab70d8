//! YAML tags.

use crate::diagnostic::{Diagnostic};
use crate::rule::{Kind, Rule};
use crate::rules::Check;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "tag",
    kind: Kind::Error,
    summary: "a tag is used",
    why: "A tag changes what a value is without changing how it reads.",
    bad: "age: { min: !!str 18 }",
    good: "age: { min: 18 }",
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found(loc: Loc) -> Diagnostic {
    Diagnostic::new(&RULE, loc, "tags (`!`) are not part of the policy language")
        .help("leave the tag out: each key knows what it takes; quote a text that begins with `!`")
}

/// A directive such as `%TAG` or `%YAML`, which changes how the rest is read.
pub(crate) fn directive(loc: Loc) -> Diagnostic {
    Diagnostic::new(&RULE, loc, "directives (`%`) are not part of the policy language")
        .help("delete the line: policies are YAML 1.2")
}
