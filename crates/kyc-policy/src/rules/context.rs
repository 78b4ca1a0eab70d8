//! What a rule looks at: a policy being checked, or a checked policy with one client's data.

use jiff::Timestamp;
use std::cell::OnceCell;

use jiff::civil;

use crate::client::{Client, ClientField, ClientFields};
use crate::diagnostic::Place;
use crate::family::Heritage;
use crate::lower::Draft;
use crate::places::Places;
use crate::policy::Policy;
use crate::sections::Sections;
use crate::set::PolicySet;
use crate::written::Written;

/// What a rule looks at.
pub(crate) struct Context<'a> {
    pub(crate) sections: &'a Sections,
    phase: Phase<'a>,
}

enum Phase<'a> {
    Definition(Definition<'a>),
    /// A checked policy on some day.
    Day {
        now: Timestamp,
        today: OnceCell<civil::Date>,
    },
    Merge {
        client: &'a Client,
        now: Timestamp,
        today: OnceCell<civil::Date>,
    },
}

/// The policy as it was written, and the set around it.
#[derive(Clone, Copy)]
pub(crate) struct Definition<'a> {
    pub(crate) written: &'a Written,
    pub(crate) places: &'a Places,
    pub(crate) set: &'a PolicySet,
    /// What the policy inherits from, if it extends another.
    pub(crate) heritage: Option<&'a Heritage<'a>>,
}

/// Why a rule did not decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Skip {
    /// An operand comes with a client's data or with the day of the call.
    Waits,
    /// An operand was refused and reported itself.
    Broken,
    /// The rule is about how a policy is written, and has been run.
    Done,
}

/// Whether a rule decided.
pub(crate) type Ran = Result<(), Skip>;

impl<'a> Context<'a> {
    pub(crate) fn definition(
        draft: &'a Draft,
        set: &'a PolicySet,
        heritage: Option<&'a Heritage<'a>>,
    ) -> Self {
        let definition = Definition { written: &draft.written, places: &draft.places, set, heritage };
        Self { sections: &draft.sections, phase: Phase::Definition(definition) }
    }

    pub(crate) fn merge(policy: &'a Policy, client: &'a Client, now: Timestamp) -> Self {
        let phase = Phase::Merge { client, now, today: OnceCell::new() };
        Self { sections: &policy.sections, phase }
    }

    pub(crate) fn day(policy: &'a Policy, now: Timestamp) -> Self {
        Self { sections: &policy.sections, phase: Phase::Day { now, today: OnceCell::new() } }
    }

    /// The policy as it was written, for rules about definitions.
    pub(crate) fn written(&self) -> Result<Definition<'a>, Skip> {
        match self.phase {
            Phase::Definition(definition) => Ok(definition),
            Phase::Day { .. } | Phase::Merge { .. } => Err(Skip::Done),
        }
    }

    /// That none of `keys` was refused.
    pub(crate) fn need(&self, keys: &[&str]) -> Ran {
        match self.phase {
            Phase::Definition(Definition { places, .. }) if keys.iter().any(|key| places.is_broken(key)) => {
                Err(Skip::Broken)
            }
            _ => Ok(()),
        }
    }

    /// A client's field: waits while the policy is checked, if the policy takes the field at all. `None` if it was
    /// not given.
    pub(crate) fn client<T>(
        &self,
        field: ClientField,
        read: impl FnOnce(&'a Client) -> Option<T>,
    ) -> Result<Option<T>, Skip> {
        if !self.fields().contains(field) {
            return Ok(None);
        }
        match self.phase {
            Phase::Definition(_) | Phase::Day { .. } => Err(Skip::Waits),
            Phase::Merge { client, .. } if client.malformed.contains(field) => Err(Skip::Broken),
            Phase::Merge { client, .. } => Ok(read(client)),
        }
    }

    /// The client's data, for rules about what was given at all.
    pub(crate) fn whole_client(&self) -> Result<&'a Client, Skip> {
        match self.phase {
            Phase::Definition(_) | Phase::Day { .. } => Err(Skip::Waits),
            Phase::Merge { client, .. } => Ok(client),
        }
    }

    /// The day of the call in the policy's time zone.
    pub(crate) fn today(&self) -> Result<civil::Date, Skip> {
        match &self.phase {
            Phase::Definition(_) => Err(Skip::Waits),
            Phase::Day { now, today } | Phase::Merge { now, today, .. } => {
                Ok(*today.get_or_init(|| self.sections.zone().to_datetime(*now).date()))
            }
        }
    }

    /// The fields that the policy takes.
    pub(crate) fn fields(&self) -> ClientFields {
        self.sections.client.require.union(self.sections.client.accept)
    }

    /// The place of a key's value.
    pub(crate) fn value(&self, key: &'static str) -> Place {
        self.place(key, Places::value)
    }

    /// The place of a key itself.
    pub(crate) fn key(&self, key: &'static str) -> Place {
        self.place(key, Places::key)
    }

    fn place(&self, key: &'static str, find: impl Fn(&Places, &str) -> Option<crate::source::Loc>) -> Place {
        match self.phase {
            Phase::Definition(Definition { places, .. }) => find(places, key).map(Place::At),
            Phase::Day { .. } | Phase::Merge { .. } => None,
        }
        .unwrap_or(Place::Policy(key.into()))
    }
}
