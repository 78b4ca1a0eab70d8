//! A pinned snapshot that does not exist.

use kyc_core::Group;

use crate::diagnostic::{Diagnostic, shown};
use crate::rule::{Kind, Rule};
use crate::rules::Check;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-snapshot",
    kind: Kind::Error,
    summary: "no snapshot of the group begins on that day",
    why: "The pin says under which membership the policies were reviewed; an unknown day says nothing.",
    bad: "snapshots: { EU: 2020-01-31 }",
    good: "snapshots: { EU: 2020-02-01 }",
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found(loc: Loc, group: Group, text: &str) -> Diagnostic {
    let known: Vec<_> = group.snapshots().iter().map(|s| format!("`{}` ({})", s.since, s.event)).collect();
    Diagnostic::new(&RULE, loc, format!("no snapshot of `{group}` begins on `{}`", shown(text)))
        .help(format!("known snapshots: {}", known.join(", ")))
}
