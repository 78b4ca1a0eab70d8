//! What is different between two policies: one entry for each part that is.

use serde::{Serialize, Serializer};

use super::data::{DataChange, data};
use super::situation::situation;
use super::witness::{self, Witness};
use super::{Class, OrderedSection, keys};
use crate::field::Field;
use crate::policy::Policy;
use crate::set::PolicySet;
use crate::vocabulary::words;

words! {
    /// What kind of change it is.
    pub enum ChangeClass {
        /// Fewer pass, or more is demanded.
        Tighter = "tighter",
        /// More pass, or less is demanded.
        Looser = "looser",
        /// Both, or nobody can say which one is stricter.
        Changed = "changed",
        /// How sessions run.
        Operational = "operational",
        /// Where people and results are sent.
        Routing = "routing",
        /// What people read and see.
        Cosmetic = "cosmetic",
        /// Who answers for the policy, why and until when.
        Governance = "governance",
    }
}

impl Serialize for ChangeClass {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// What has changed.
#[derive(Clone, Copy, Debug)]
pub enum Subject {
    /// A part of policies that decides who passes, or what is demanded of them.
    Section(OrderedSection),
    /// A key that decides neither.
    Key(&'static Field),
}

impl Subject {
    /// The section or key as policies write it; `matrix` stands for `countries`, `documents` and `eid` together.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Section(section) => section.as_str(),
            Self::Key(field) => field.key,
        }
    }
}

/// One difference between a policy and an older one.
#[derive(Clone, Debug)]
pub struct Change {
    /// What has changed.
    pub subject: Subject,
    /// What kind of change it is.
    pub class: ChangeClass,
    /// Whether more or less is collected about people.
    pub data: DataChange,
    /// Somebody who fares better than before. There is one for every loosening that a result can show.
    pub gains: Option<Witness>,
    /// Somebody who fares worse than before: who is shut out.
    pub loses: Option<Witness>,
    /// What is different for people, in a sentence each, where no result shows it.
    pub situation: Vec<String>,
}

impl Change {
    pub(super) const fn plain(subject: Subject, class: ChangeClass, data: DataChange) -> Self {
        Self { subject, class, data, gains: None, loses: None, situation: Vec::new() }
    }

    /// Whether somebody who passed before does not pass any more.
    pub fn excludes(&self) -> bool {
        self.loses.is_some()
    }
}

impl Policy {
    /// Everything that is different from an older policy. Lifetimes of tokens beyond the ceilings of the older one's set
    /// are looser.
    ///
    /// Two policies of one digest differ at the most in governance and in the description; two of one document digest in
    /// nothing.
    pub fn changes_since(&self, old: &Self, set_of_old: &PolicySet) -> Vec<Change> {
        let mut changes = Vec::new();
        for section in OrderedSection::ALL {
            let class = section.compare(self, old);
            if class == Class::Equal {
                continue;
            }
            changes.push(Change {
                subject: Subject::Section(*section),
                class: class.into(),
                data: data(*section, &self.sections, &old.sections),
                gains: if class == Class::Tighter { None } else { witness::gains(*section, self, old) },
                loses: if class == Class::Looser { None } else { witness::loses(*section, self, old) },
                situation: situation(*section, &self.sections, &old.sections),
            });
        }
        keys::changes(&self.sections, &old.sections, set_of_old, &mut changes);
        changes
    }
}
