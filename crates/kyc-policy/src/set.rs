//! What a set of policies shares: `_set.yaml`.

use std::fmt;

use kyc_core::{CountrySet, Group, WebUrl};

use crate::duration::Duration;
use crate::lints::{Lints, Waived, Waiver};
use crate::places::Places;
use crate::retention::Retention;
use crate::sections::{RiskTier, UTC};
use crate::tags::Tag;
use crate::together::UsedGroup;
use crate::written::At;

/// The settings of a policy set, as far as they could be read.
#[derive(Clone, Debug)]
pub struct PolicySet {
    /// Whether its file has a mistake: then no policy under it is proven.
    pub(crate) has_errors: bool,
    pub(crate) places: Places,
    pub(crate) hosts: Vec<Host>,
    pub(crate) intake: Option<WebUrl>,
    pub(crate) groups: Vec<(String, CountrySet)>,
    /// The snapshot by built-in group, where the set pins one.
    pub(crate) snapshots: Vec<(Group, CountrySet)>,
    pub(crate) deny: CountrySet,
    pub(crate) must_state: Vec<At<&'static str>>,
    pub(crate) governance: Vec<At<&'static str>>,
    pub(crate) reverify_caps: Vec<(RiskTier, Duration)>,
    pub(crate) timezone: String,
    /// Highest `token.expires_in`.
    pub(crate) max_expires_in: Option<Duration>,
    /// Highest `token.session_length`.
    pub(crate) max_session_length: Option<Duration>,
    pub(crate) never_accept: Vec<Tag>,
    pub(crate) retention: Retention,
    /// Built-in groups that the set itself uses.
    pub(crate) groups_used: Vec<UsedGroup>,
    pub(crate) lints: Lints,
    /// Findings in the set's own file that a waiver excuses.
    pub(crate) waived: Vec<Waived>,
}

/// A host that people may be sent to, with the port if it is not the scheme's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Host {
    pub(crate) name: String,
    pub(crate) port: Option<u16>,
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.port {
            Some(port) => write!(f, "{}:{port}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

impl PolicySet {
    /// A set that says nothing: no groups of its own, hosts unlisted, governance optional.
    pub fn empty() -> Self {
        Self {
            has_errors: false,
            places: Places::default(),
            hosts: Vec::new(),
            intake: None,
            groups: Vec::new(),
            snapshots: Vec::new(),
            deny: CountrySet::EMPTY,
            must_state: Vec::new(),
            governance: Vec::new(),
            reverify_caps: Vec::new(),
            timezone: UTC.to_owned(),
            max_expires_in: None,
            max_session_length: None,
            never_accept: Vec::new(),
            retention: Retention::default(),
            groups_used: Vec::new(),
            lints: Lints::default(),
            waived: Vec::new(),
        }
    }

    /// A set whose file could not be read: nothing in it is known, and rules about it say nothing.
    pub(crate) fn unreadable() -> Self {
        let mut set = Self::empty();
        set.places.add_broken("");
        set
    }

    /// Countries whose documents never pass, whatever a policy says.
    pub const fn denied(&self) -> CountrySet {
        self.deny
    }

    /// The groups of its own, with their members.
    pub fn own_groups(&self) -> impl Iterator<Item = (&str, CountrySet)> {
        self.groups.iter().map(|(name, members)| (name.as_str(), *members))
    }

    /// The members that a built-in group has under this set: those of the pinned snapshot, else of the newest.
    pub fn members(&self, group: Group) -> CountrySet {
        self.built_in(group)
    }

    /// Findings in the set's own file that a waiver excuses.
    pub fn waived(&self) -> &[Waived] {
        &self.waived
    }

    /// The exceptions that the set makes.
    pub fn waivers(&self) -> &[Waiver] {
        &self.lints.waivers
    }

    /// Whether `name` means something in a list of countries although it is no country code.
    pub(crate) fn group(&self, name: &str) -> Option<CountrySet> {
        let own = self.groups.iter().find(|(group, _)| group == name).map(|(_, countries)| *countries);
        own.or_else(|| Group::from_name(name).map(|group| self.built_in(group)))
    }

    fn built_in(&self, group: Group) -> CountrySet {
        let pinned =
            self.snapshots.iter().find(|(pinned, _)| *pinned == group).map(|(_, countries)| *countries);
        pinned.unwrap_or_else(|| group.newest().members())
    }

    /// The names of all groups.
    pub(crate) fn group_names(&self) -> impl Iterator<Item = &str> + Clone {
        self.groups.iter().map(|(name, _)| name.as_str()).chain(Group::ALL.iter().map(|group| group.name()))
    }
}

impl Default for PolicySet {
    fn default() -> Self {
        Self::empty()
    }
}
