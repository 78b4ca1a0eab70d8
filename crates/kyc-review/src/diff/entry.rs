//! One part of a policy that differs, in words.

use kyc_policy::{Change, ChangeClass, DataChange, OrderedSection, Policy, Subject, Witness};
use serde::Serialize;

use super::matrix::cells;
use crate::words::{self, Groups};

/// One part that differs.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// The section or key, such as `age` or `redirect.success`.
    pub subject: &'static str,
    /// What kind of change it is.
    pub class: ChangeClass,
    /// Whether more or less is collected about people.
    pub data: DataChange,
    /// What it meant; `None` if nothing was said, or if it is a matter of flags, which `situation` tells one by one.
    pub was: Option<String>,
    /// What it means now; `None` if nothing is said.
    pub now: Option<String>,
    /// What is accepted in addition, if it is about documents and countries.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub more: Vec<String>,
    /// What is not accepted any more.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub less: Vec<String>,
    /// Somebody who fares better than before.
    pub lets_in: Option<Person>,
    /// Somebody who fares worse than before.
    pub shuts_out: Option<Person>,
    /// What else is different for people.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub situation: Vec<String>,
}

/// A made-up applicant, with what either side makes of them.
#[derive(Clone, Debug, Serialize)]
pub struct Person {
    /// The applicant, such as `a 17-year-old with a passport of Lithuania`.
    pub applicant: String,
    /// What the older policy makes of them.
    pub was: &'static str,
    /// What the policy makes of them now.
    pub now: &'static str,
}

impl Entry {
    pub(super) fn new(
        change: Change,
        (new, new_groups): (&Policy, &Groups),
        (old, old_groups): (&Policy, &Groups),
    ) -> Self {
        let (was, now) = match change.subject {
            // Which of many flags differ, the situation says; the rest would hide it.
            Subject::Section(section) if section.flags().next().is_some() => (None, None),
            Subject::Section(section) => (
                Some(words::section(old, section, old_groups)),
                Some(words::section(new, section, new_groups)),
            ),
            Subject::Key(field) => (words::key(old, field), words::key(new, field)),
        };
        let (more, less) = match change.subject {
            Subject::Section(OrderedSection::Matrix) => (
                cells(new.sections(), old.sections(), new_groups),
                cells(old.sections(), new.sections(), old_groups),
            ),
            _ => (Vec::new(), Vec::new()),
        };
        Self {
            subject: change.subject.as_str(),
            class: change.class,
            data: change.data,
            was,
            now,
            more,
            less,
            lets_in: change.gains.as_ref().map(Person::new),
            shuts_out: change.loses.as_ref().map(Person::new),
            situation: change.situation,
        }
    }
}

impl Person {
    fn new(witness: &Witness) -> Self {
        Self { applicant: witness.applicant(), was: witness.was.as_str(), now: witness.now.as_str() }
    }
}
