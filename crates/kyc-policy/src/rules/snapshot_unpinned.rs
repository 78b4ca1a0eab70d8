//! A group whose members an upgrade may change.

use kyc_core::Group;

use crate::diagnostic::Diagnostic;
use crate::rule::{Kind, Level, Rule};
use crate::rules::Check;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "snapshot-unpinned",
    kind: Kind::Lint(Level::Warn),
    summary: "a built-in group is used, and the set pins no snapshot of it",
    why: "An upgrade that knows a newer membership would change who may be verified, and nobody would have decided it.",
    bad: "countries: [EU]",
    good: r"# _set.yaml
snapshots: { EU: 2020-02-01 }",
};

pub(crate) const CHECK: Option<Check> = None;

/// `group` is used at `loc`, and at `others`.
pub(crate) fn found(group: Group, loc: Loc, others: &[Loc]) -> Diagnostic {
    let newest = group.newest().since;
    let found = Diagnostic::new(&RULE, loc, format!("the members of `{group}` are those that this release knows, and no set pins them"))
        .help(format!("pin what was reviewed in `_set.yaml`: `snapshots: {{ {group}: {newest} }}`"));
    others.iter().fold(found, |found, other| found.related(*other, "used here too"))
}
