//! Groups of countries that treaties and authorities define, each a dated snapshot, so that an upgrade never changes what a
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
    /// High-risk jurisdictions subject to a call for action by the Financial Action Task Force.
    FatfCallForAction,
    /// Jurisdictions under increased monitoring by the Financial Action Task Force.
    FatfIncreasedMonitoring,
    /// High-risk third countries of the European Union: the annex to Delegated Regulation (EU) 2016/1675.
    EuHighRisk,
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
    pub const ALL: [Self; 7] = [
        Self::Eu,
        Self::Eea,
        Self::Efta,
        Self::Schengen,
        Self::FatfCallForAction,
        Self::FatfIncreasedMonitoring,
        Self::EuHighRisk,
    ];

    /// The name that policies use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Eu => "EU",
            Self::Eea => "EEA",
            Self::Efta => "EFTA",
            Self::Schengen => "SCHENGEN",
            Self::FatfCallForAction => "FATF_CALL_FOR_ACTION",
            Self::FatfIncreasedMonitoring => "FATF_INCREASED_MONITORING",
            Self::EuHighRisk => "EU_HIGH_RISK",
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
            Self::FatfCallForAction => &FATF_CALL_FOR_ACTION,
            Self::FatfIncreasedMonitoring => &FATF_INCREASED_MONITORING,
            Self::EuHighRisk => &EU_HIGH_RISK,
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

static FATF_CALL_FOR_ACTION: [Snapshot; 1] = [Snapshot {
    since: "2022-10-21",
    event: "FATF plenary of October 2022 added Myanmar; unchanged by the plenary of June 2026",
    members: "IR KP MM",
}];

static FATF_INCREASED_MONITORING: [Snapshot; 5] = [
    Snapshot {
        since: "2025-02-21",
        event: "FATF plenary of February 2025: Laos and Nepal added, the Philippines removed",
        members: "AO BF BG CD CI CM DZ HR HT KE LA LB MC ML MZ NA NG NP SS SY TZ VE VN YE ZA",
    },
    Snapshot {
        since: "2025-06-13",
        event: "FATF plenary of June 2025: Bolivia and the Virgin Islands (UK) added; Croatia, Mali and Tanzania removed",
        members: "AO BF BG BO CD CI CM DZ HT KE LA LB MC MZ NA NG NP SS SY VE VG VN YE ZA",
    },
    Snapshot {
        since: "2025-10-24",
        event: "FATF plenary of October 2025: Burkina Faso, Mozambique, Nigeria and South Africa removed",
        members: "AO BG BO CD CI CM DZ HT KE LA LB MC NA NP SS SY VE VG VN YE",
    },
    Snapshot {
        since: "2026-02-13",
        event: "FATF plenary of February 2026: Kuwait and Papua New Guinea added",
        members: "AO BG BO CD CI CM DZ HT KE KW LA LB MC NA NP PG SS SY VE VG VN YE",
    },
    Snapshot {
        since: "2026-06-19",
        event: "FATF plenary of June 2026: Bosnia and Herzegovina and Iraq added, Algeria and Namibia removed",
        members: "AO BA BG BO CD CI CM HT IQ KE KW LA LB MC NP PG SS SY VE VG VN YE",
    },
];

static EU_HIGH_RISK: [Snapshot; 2] = [
    Snapshot {
        since: "2024-02-07",
        event: "Delegated Regulation (EU) 2024/163",
        members: "AE AF BB BF CD CM GI HT IR JM KP ML MM MZ NG PA PH SN SS SY TT TZ UG VN VU YE ZA",
    },
    Snapshot {
        since: "2025-08-05",
        event: "Delegated Regulation (EU) 2025/1184",
        members: "AF AO BF CD CI CM DZ HT IR KE KP LA LB MC ML MM MZ NA NG NP SS SY TT TZ VE VN VU YE ZA",
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
    fn sizes_of_risk_lists_are_those_that_were_published() {
        let sizes = |group: Group| group.snapshots().iter().map(|s| s.members().len()).collect::<Vec<_>>();
        assert_eq!(sizes(Group::FatfCallForAction), [3]);
        assert_eq!(sizes(Group::FatfIncreasedMonitoring), [25, 24, 20, 22, 22]);
        // The annex counts 25 and 27 countries in its first part; Iran and North Korea have parts of their own.
        assert_eq!(sizes(Group::EuHighRisk), [25 + 2, 27 + 2]);
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
