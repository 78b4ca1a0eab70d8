//! Groups of countries that treaties define, each a dated snapshot, so that an upgrade never changes what a
//! policy means: a policy set pins the snapshot it was reviewed under.
//!
//! Members are the states themselves. Their overseas territories have country codes and documents of their own
//! (`GF`, `GP`, `AX`, …) and belong to no group here.

use std::fmt;

use super::{Country, CountrySet};

/// A group of countries that a policy may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// The member states of the European Union.
    Eu,
    /// The European Economic Area: the Union with Iceland, Liechtenstein and Norway.
    Eea,
    /// The European Free Trade Association.
    Efta,
    /// The Schengen area: states that lifted controls at their internal borders.
    Schengen,
}

/// The members of a group from a day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The day from which this membership holds, `YYYY-MM-DD`.
    pub since: &'static str,
    /// What happened on that day, with its source.
    pub event: &'static str,
    members: &'static str,
}

impl Snapshot {
    /// The countries of this snapshot.
    pub fn members(&self) -> CountrySet {
        self.members.split(' ').filter_map(Country::from_alpha2).collect()
    }
}

impl Group {
    /// Every group.
    pub const ALL: [Self; 4] = [Self::Eu, Self::Eea, Self::Efta, Self::Schengen];

    /// The name that policies use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Eu => "EU",
            Self::Eea => "EEA",
            Self::Efta => "EFTA",
            Self::Schengen => "SCHENGEN",
        }
    }

    /// The group of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.name() == name)
    }

    /// The snapshots, oldest first; never empty.
    pub const fn snapshots(self) -> &'static [Snapshot] {
        match self {
            Self::Eu => &EU,
            Self::Eea => &EEA,
            Self::Efta => &EFTA,
            Self::Schengen => &SCHENGEN,
        }
    }

    /// The newest snapshot that this release knows.
    pub fn newest(self) -> &'static Snapshot {
        const NONE: Snapshot = Snapshot { since: "", event: "", members: "" };
        self.snapshots().last().unwrap_or(&NONE)
    }

    /// The snapshot that begins on exactly this day.
    pub fn snapshot(self, since: &str) -> Option<&'static Snapshot> {
        self.snapshots().iter().find(|snapshot| snapshot.since == since)
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

static EU: [Snapshot; 2] = [
    Snapshot {
        since: "2013-07-01",
        event: "accession of Croatia (OJ L 112, 24.4.2012)",
        members: "AT BE BG CY CZ DE DK EE ES FI FR GB GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK",
    },
    Snapshot {
        since: "2020-02-01",
        event: "withdrawal of the United Kingdom (OJ L 29, 31.1.2020)",
        members: "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK",
    },
];

static EEA: [Snapshot; 2] = [
    Snapshot {
        since: "2014-04-12",
        event: "provisional accession of Croatia (OJ L 170, 11.6.2014)",
        members: "AT BE BG CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK",
    },
    Snapshot {
        since: "2020-02-01",
        event: "withdrawal of the United Kingdom (OJ L 29, 31.1.2020)",
        members: "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK",
    },
];

static EFTA: [Snapshot; 1] = [Snapshot {
    since: "1995-01-01",
    event: "Austria, Finland and Sweden left for the European Union",
    members: "CH IS LI NO",
}];

static SCHENGEN: [Snapshot; 3] = [
    Snapshot {
        since: "2011-12-19",
        event: "accession of Liechtenstein (Council Decision 2011/842/EU)",
        members: "AT BE CH CZ DE DK EE ES FI FR GR HU IS IT LI LT LU LV MT NL NO PL PT SE SI SK",
    },
    Snapshot {
        since: "2023-01-01",
        event: "accession of Croatia (Council Decision (EU) 2022/2451)",
        members: "AT BE CH CZ DE DK EE ES FI FR GR HR HU IS IT LI LT LU LV MT NL NO PL PT SE SI SK",
    },
    Snapshot {
        since: "2025-01-01",
        event: "land borders of Bulgaria and Romania (Council Decision (EU) 2024/3212)",
        members: "AT BE BG CH CZ DE DK EE ES FI FR GR HR HU IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    fn size(group: Group) -> usize {
        group.newest().members().len()
    }

    #[test]
    fn every_member_is_a_country_and_dates_ascend() {
        for group in Group::ALL {
            for snapshot in group.snapshots() {
                assert_eq!(snapshot.members().len(), snapshot.members.split(' ').count(), "{group}");
            }
            assert!(group.snapshots().is_sorted_by_key(|snapshot| snapshot.since), "{group}");
            assert_eq!(Group::from_name(group.name()), Some(group));
        }
    }

    #[test]
    fn sizes_are_those_of_the_treaties() {
        assert_eq!(size(Group::Eu), 27);
        assert_eq!(size(Group::Eea), 30);
        assert_eq!(size(Group::Efta), 4);
        assert_eq!(size(Group::Schengen), 29);
    }

    #[test]
    fn groups_relate_as_the_treaties_say() {
        let members = |group: Group| group.newest().members();
        let efta_outside_eea: CountrySet = members(Group::Efta) - members(Group::Eea);
        assert_eq!(efta_outside_eea.single().map(Country::code), Some("CH"));
        assert_eq!(members(Group::Eea), members(Group::Eu) | (members(Group::Efta) - efta_outside_eea));
        let eu_outside_schengen: Vec<_> = (members(Group::Eu) - members(Group::Schengen)).iter().collect();
        assert_eq!(eu_outside_schengen.iter().map(|c| c.code()).collect::<Vec<_>>(), ["CY", "IE"]);
    }
}
