//! Bytes that are no text.

use crate::diagnostic::{Diagnostic};
use crate::rule::{Kind, Rule};
use crate::rules::Check;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "not-utf8",
    kind: Kind::Error,
    summary: "the file is not UTF-8",
    why: "Another encoding would be read as other characters than its author wrote.",
    bad: "# saved as Latin-1: description: Žydrūnas",
    good: "# saved as UTF-8: description: Žydrūnas",
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found(loc: Loc, offset: usize) -> Diagnostic {
    Diagnostic::new(&RULE, loc, format!("the file is not UTF-8 from byte {offset} on"))
        .help("save the file as UTF-8")
}
