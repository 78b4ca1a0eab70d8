//! A second YAML document in a file.

use crate::diagnostic::{Diagnostic};
use crate::rule::{Kind, Rule};
use crate::rules::Check;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "second-document",
    kind: Kind::Error,
    summary: "the file holds more than one document",
    why: "One file is one policy; a reader that takes only the first would not see the rest.",
    bad: r"name: a
---
name: b",
    good: "# one file each",
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found(loc: Loc) -> Diagnostic {
    Diagnostic::new(&RULE, loc, "a second document begins here, and a file holds one policy")
        .help("put each policy into a file of its own")
}
