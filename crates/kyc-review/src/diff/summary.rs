//! A whole comparison in one line, and what of it may stop a change.

use std::collections::BTreeSet;

use kyc_policy::ChangeClass;
use serde::Serialize;

use super::{Diff, State};
use crate::words::{count, join};

/// What can be asked to stop a change until somebody has agreed to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trigger {
    /// More people pass, or less is demanded; a policy that is new counts too.
    Looser,
    /// Nobody can say which is stricter, or some pass and others do not any more.
    Changed,
    /// Fewer people pass, or more is demanded; a policy that is gone counts too.
    Tighter,
    /// People or results are sent elsewhere.
    Routing,
    /// Sessions run otherwise.
    Operational,
    /// People read or see something else.
    Cosmetic,
    /// Somebody else answers for a policy, or for other reasons.
    Governance,
    /// More is collected about people.
    MoreData,
    /// Less is collected about people.
    LessData,
}

impl Trigger {
    /// Every trigger.
    pub const ALL: [Self; 9] = [
        Self::Looser,
        Self::Changed,
        Self::Tighter,
        Self::Routing,
        Self::Operational,
        Self::Cosmetic,
        Self::Governance,
        Self::MoreData,
        Self::LessData,
    ];

    /// The trigger as a word, such as `more-data`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Looser => "looser",
            Self::Changed => "changed",
            Self::Tighter => "tighter",
            Self::Routing => "routing",
            Self::Operational => "operational",
            Self::Cosmetic => "cosmetic",
            Self::Governance => "governance",
            Self::MoreData => "more-data",
            Self::LessData => "less-data",
        }
    }

    const fn of_class(class: ChangeClass) -> Self {
        match class {
            ChangeClass::Tighter => Self::Tighter,
            ChangeClass::Looser => Self::Looser,
            ChangeClass::Changed => Self::Changed,
            ChangeClass::Operational => Self::Operational,
            ChangeClass::Routing => Self::Routing,
            ChangeClass::Cosmetic => Self::Cosmetic,
            ChangeClass::Governance => Self::Governance,
        }
    }
}

impl Diff {
    /// Whether both sides mean the same, in every word.
    pub fn is_empty(&self) -> bool {
        self.set.is_empty() && self.policies.is_empty()
    }

    /// Everything that some part of the change is.
    pub fn triggers(&self) -> BTreeSet<Trigger> {
        let of_set = self.set.iter().map(|change| Trigger::of_class(change.class));
        let mut triggers: BTreeSet<_> = of_set.collect();
        for policy in &self.policies {
            match policy.state {
                // Whom it accepts nobody has accepted under this name, and what it collects neither.
                State::Added | State::WasBroken => triggers.extend([Trigger::Looser, Trigger::MoreData]),
                State::Removed => triggers.extend([Trigger::Tighter, Trigger::LessData]),
                State::Renamed => triggers.extend([Trigger::Operational]),
                State::Broken => triggers.extend([Trigger::Changed]),
                State::Changed => {}
            }
            for entry in &policy.changes {
                triggers.insert(Trigger::of_class(entry.class));
                triggers.extend(entry.data.more.then_some(Trigger::MoreData));
                triggers.extend(entry.data.less.then_some(Trigger::LessData));
            }
        }
        triggers
    }
}

/// The change in one line.
pub(super) fn line(diff: &Diff) -> String {
    if diff.is_empty() {
        return format!("nothing has changed in {}", count(diff.unchanged, "policy", "policies"));
    }
    let of = |state: State| diff.policies.iter().filter(|policy| policy.state == state).count();
    let mut counts =
        vec![(of(State::Changed), "changed"), (of(State::Added), "added"), (of(State::Removed), "removed")];
    counts.extend([
        (of(State::Renamed), "renamed"),
        (of(State::WasBroken), "compared with a file that has mistakes"),
        (of(State::Broken), "with mistakes"),
        (diff.unchanged, "unchanged"),
    ]);
    let counts =
        counts.iter().filter(|(number, _)| *number > 0).map(|(number, what)| format!("{number} {what}"));
    let mut parts = vec![format!("policies: {}", counts.collect::<Vec<_>>().join(", "))];
    parts.extend([ChangeClass::Looser, ChangeClass::Changed, ChangeClass::Tighter].into_iter().filter_map(
        |class| {
            let subjects = subjects(diff, class);
            (!subjects.is_empty()).then(|| format!("{class} in {}", join(subjects)))
        },
    ));
    let triggers = diff.triggers();
    let notes = [
        (Trigger::Routing, "people or results are sent elsewhere"),
        (Trigger::MoreData, "more is collected"),
        (Trigger::LessData, "less is collected"),
    ];
    parts.extend(notes.iter().filter(|(of, _)| triggers.contains(of)).map(|(_, note)| (*note).to_owned()));
    parts.join("; ")
}

/// The parts of some policy or of the set that changed so, each once.
fn subjects(diff: &Diff, class: ChangeClass) -> BTreeSet<String> {
    let entries =
        diff.policies.iter().flat_map(|policy| &policy.changes).filter(|entry| entry.class == class);
    let set = diff.set.iter().filter(|change| change.class == class);
    entries
        .map(|entry| entry.subject.to_owned())
        .chain(set.map(|change| format!("`{}` of `_set.yaml`", change.key)))
        .collect()
}
