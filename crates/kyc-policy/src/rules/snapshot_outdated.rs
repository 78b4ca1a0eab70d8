//! A pin that a newer membership has overtaken.

use kyc_core::{CountrySet, Group, Snapshot};

use crate::diagnostic::Diagnostic;
use crate::rule::{Kind, Level, Rule};
use crate::rules::Check;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "snapshot-outdated",
    kind: Kind::Lint(Level::Warn),
    summary: "a newer snapshot of the group is known than the one that is pinned",
    why: "The policies go by a membership that has ended; whether they follow the new one is to be decided.",
    bad: "snapshots: { EU: 2013-07-01 }",
    good: "snapshots: { EU: 2020-02-01 }",
};

pub(crate) const CHECK: Option<Check> = None;

/// The finding about a pin of `group`, if it is not the newest.
pub(crate) fn of(loc: Loc, group: Group, pinned: &Snapshot) -> Option<Diagnostic> {
    let newest = group.newest();
    (*pinned != *newest).then(|| {
        let (gained, lost) = (newest.members() - pinned.members(), pinned.members() - newest.members());
        let codes = |set: CountrySet| {
            set.iter().map(|country| format!("`{country}`")).collect::<Vec<_>>().join(", ")
        };
        let mut changes = Vec::new();
        if !gained.is_empty() {
            changes.push(format!("adds {}", codes(gained)));
        }
        if !lost.is_empty() {
            changes.push(format!("removes {}", codes(lost)));
        }
        let changes = if changes.is_empty() { "the same members".to_owned() } else { changes.join(" and ") };
        Diagnostic::new(&RULE, loc, format!("the snapshot of `{group}` of {} is not the newest: {} is", pinned.since, newest.since))
            .help(format!("{} ({}): {changes}; review the policies, then pin it", newest.since, newest.event))
    })
}
