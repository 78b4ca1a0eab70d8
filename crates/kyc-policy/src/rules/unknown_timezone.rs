//! A time zone that does not exist.

use crate::diagnostic::{Diagnostic, shown};
use crate::rule::{Kind, Rule};
use crate::rules::Check;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-timezone",
    kind: Kind::Error,
    summary: "the time zone is not in the IANA table",
    why: "Ages are counted in days of this zone.",
    bad: "timezone: Vilnius",
    good: "timezone: Europe/Vilnius",
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found(loc: Loc, text: &str) -> Diagnostic {
    Diagnostic::new(&RULE, loc, format!("`{}` is not a time zone", shown(text)))
        .help("write an IANA name, such as `Europe/Vilnius` or `UTC`")
}
