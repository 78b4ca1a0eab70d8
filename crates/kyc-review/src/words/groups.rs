//! Sets of countries by the groups that they are made of: the shortest description that is exact.

use std::cmp::Reverse;

use kyc_core::{Country, CountrySet, Group};
use kyc_policy::PolicySet;

use super::countries::names;
use super::join;

/// The groups by which sets of countries are described: the built-in ones and those of a folder.
#[derive(Clone, Debug)]
pub struct Groups(Vec<Named>);

/// A group that a description uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsedGroup {
    /// What it is called in the description.
    pub name: String,
    /// The day from which a built-in group has these members, `YYYY-MM-DD`; `None` for a group of the folder.
    pub since: Option<&'static str>,
    /// How many countries it has.
    pub count: usize,
}

#[derive(Clone, Debug)]
struct Named {
    name: String,
    since: Option<&'static str>,
    members: CountrySet,
    /// How much of the reader's time it takes, in countries named one by one.
    cost: usize,
}

/// A group's own name says less to a stranger than up to three countries do.
const OWN_COST: usize = 3;
/// A membership that is not the current one needs its date.
const DATED_COST: usize = 2;
/// Most groups that one description combines.
const MAX_GROUPS: usize = 3;
/// Most groups that are tried, those that cover most: the work grows with their third power.
const MAX_TRIED: usize = 40;

impl Default for Groups {
    /// The built-in groups, as they are now.
    fn default() -> Self {
        Self::of_set(&PolicySet::empty())
    }
}

impl Groups {
    /// The built-in groups under the snapshots that the set pins, their other snapshots by date, and the set's own.
    pub fn of_set(set: &PolicySet) -> Self {
        let mut groups = Vec::new();
        for group in Group::ALL {
            let current = set.members(group);
            let name = built_in(group);
            for snapshot in group.snapshots().iter().rev() {
                let members = snapshot.members();
                let since = Some(snapshot.since);
                groups.push(if members == current {
                    Named { name: name.to_owned(), since, members, cost: 1 }
                } else {
                    Named {
                        name: format!("{name} as of {}", snapshot.since),
                        since,
                        members,
                        cost: DATED_COST,
                    }
                });
            }
        }
        groups.extend(set.own_groups().map(|(name, members)| Named {
            name: format!("{name} (a group of this folder)"),
            since: None,
            members,
            cost: OWN_COST,
        }));
        // Two names of one membership, such as two snapshots that differ in their event only: the cheaper is kept.
        groups.sort_by_key(|group| group.cost);
        let mut seen: Vec<CountrySet> = Vec::new();
        groups.retain(|group| {
            !seen.contains(&group.members) && {
                seen.push(group.members);
                true
            }
        });
        Self(groups)
    }

    /// The set as groups and countries, with what is left out: `the European Economic Area and Switzerland, without
    /// Liechtenstein`. Exact: the description means this set and no other.
    pub fn describe(&self, set: CountrySet) -> String {
        self.best(set).text()
    }

    /// The groups in the description of the set.
    pub fn used(&self, set: CountrySet) -> Vec<UsedGroup> {
        let used = |group: &&Named| UsedGroup {
            name: group.name.clone(),
            since: group.since,
            count: group.members.len(),
        };
        self.best(set).groups.iter().map(used).collect()
    }

    fn best(&self, set: CountrySet) -> Description<'_> {
        // What a group saves: the countries in it, less those to be left out and what its name costs.
        let saved = |group: &Named| {
            let inside = (group.members & set).len();
            inside.checked_sub((group.members - set).len() + group.cost).filter(|saved| *saved > 0)
        };
        let mut useful: Vec<&Named> = self.0.iter().filter(|group| saved(group).is_some()).collect();
        useful.sort_by_key(|group| Reverse(saved(group)));
        useful.truncate(MAX_TRIED);
        // Of two descriptions of one length the first is taken: that by groups that everybody knows.
        useful.sort_by_key(|group| group.cost);
        let mut best = Description::new(Vec::new(), set);
        if set.len() * 2 > Country::COUNT {
            let all = Description {
                is_all: true,
                without: CountrySet::ALL - set,
                with: CountrySet::EMPTY,
                groups: Vec::new(),
            };
            best = best.better(all);
        }
        extend(&useful, &[], MAX_GROUPS, set, &mut best);
        best
    }
}

/// Tries every combination of `chosen` with some of `rest`.
fn extend<'g>(
    rest: &[&'g Named],
    chosen: &[&'g Named],
    most: usize,
    set: CountrySet,
    best: &mut Description<'g>,
) {
    if chosen.len() == most {
        return;
    }
    let mut rest = rest;
    while let [first, others @ ..] = rest {
        let mut groups = chosen.to_vec();
        groups.push(first);
        extend(others, &groups, most, set, best);
        let found = Description::new(groups, set);
        if found.cost() < best.cost() {
            *best = found;
        }
        rest = others;
    }
}

/// One way to describe a set.
#[derive(Clone, Debug)]
struct Description<'g> {
    is_all: bool,
    groups: Vec<&'g Named>,
    with: CountrySet,
    without: CountrySet,
}

impl<'g> Description<'g> {
    fn new(groups: Vec<&'g Named>, set: CountrySet) -> Self {
        let members = groups.iter().fold(CountrySet::EMPTY, |all, group| all | group.members);
        Self { is_all: false, groups, with: set - members, without: members - set }
    }

    /// Of equal length the one that leaves less out is easier to read, then the one of fewer groups.
    fn cost(&self) -> (usize, usize, usize) {
        let groups: usize = self.groups.iter().map(|group| group.cost).sum();
        let all = usize::from(self.is_all);
        (groups + all + self.with.len() + self.without.len(), self.without.len(), self.groups.len())
    }

    fn better(self, other: Self) -> Self {
        if other.cost() < self.cost() { other } else { self }
    }

    fn text(&self) -> String {
        let all = self.is_all.then(|| "all".to_owned());
        let groups = self.groups.iter().map(|group| group.name.clone());
        let with = join(all.into_iter().chain(groups).chain(names(self.with)));
        let without = join(names(self.without));
        match (self.is_all, without.is_empty()) {
            (_, true) => with,
            (true, false) => format!("all but {without}"),
            (false, false) => format!("{with}, without {without}"),
        }
    }
}

const fn built_in(group: Group) -> &'static str {
    match group {
        Group::Eu => "the European Union",
        Group::Eea => "the European Economic Area",
        Group::Efta => "the European Free Trade Association",
        Group::Schengen => "the Schengen area",
        Group::FatfCallForAction => "the FATF list “call for action”",
        Group::FatfIncreasedMonitoring => "the FATF list “increased monitoring”",
        Group::EuHighRisk => "the EU list of high-risk third countries",
    }
}

#[cfg(test)]
mod tests {
    use kyc_policy::{Severity, SourceMap, check_set};
    use proptest::prelude::*;

    use super::*;

    fn members(group: Group) -> CountrySet {
        group.newest().members()
    }

    fn of(codes: &str) -> CountrySet {
        codes.split(' ').filter_map(Country::from_alpha2).collect()
    }

    #[test]
    fn the_shortest_description_is_found() {
        let eea = members(Group::Eea);
        for (set, text) in [
            (eea, "the European Economic Area"),
            (
                (eea | of("CH")) - of("LI"),
                "the European Economic Area and Switzerland, without Liechtenstein",
            ),
            (members(Group::Eu) | of("GB"), "the European Union and the United Kingdom"),
            (eea | of("GB"), "the European Economic Area and the United Kingdom"),
            (of("EE LT LV"), "Estonia, Latvia and Lithuania"),
            (of("LT"), "Lithuania"),
            (CountrySet::ALL, "all"),
            (CountrySet::ALL - of("KP IR"), "all but Iran and North Korea"),
            (CountrySet::EMPTY, ""),
            (of("US CD"), "the Democratic Republic of the Congo and the United States"),
        ] {
            assert_eq!(Groups::default().describe(set), text);
        }
    }

    #[test]
    fn groups_of_a_folder_are_used_where_they_shorten() {
        let text = "groups: { HOME: [BR, AR, CL, UY, PY], FEW: [BR, AR] }\nsnapshots: { EU: 2013-07-01 }\n";
        let (set, found) = check_set(&mut SourceMap::default(), "_set.yaml", text.as_bytes());
        assert!(found.iter().all(|found| found.severity() != Severity::Error), "{found:?}");
        let groups = Groups::of_set(&set);
        assert_eq!(groups.describe(of("BR AR CL UY PY")), "HOME (a group of this folder)");
        assert_eq!(groups.describe(of("BR AR")), "Argentina and Brazil");
        assert_eq!(groups.describe(members(Group::Eu) | of("GB")), "the European Union", "it is pinned so");
        assert_eq!(groups.describe(members(Group::Eu)), "the European Union as of 2020-02-01");
        assert_eq!(
            groups.used(of("BR AR CL UY PY")),
            [UsedGroup { name: "HOME (a group of this folder)".to_owned(), since: None, count: 5 }]
        );
    }

    #[test]
    fn a_folder_with_very_many_groups_is_described_too() {
        let codes: Vec<&str> = Country::all().map(Country::code).collect();
        let named = |(at, codes): (usize, &[&str])| format!("  G{at:03}: [{}]\n", codes.join(", "));
        let groups: String = codes.windows(5).enumerate().map(named).collect();
        let text = format!("groups:\n{groups}");
        let (set, _) = check_set(&mut SourceMap::default(), "_set.yaml", text.as_bytes());
        assert!(set.own_groups().count() > 200);
        let groups = Groups::of_set(&set);
        assert_eq!(groups.describe(of("AD AE AF AG AI")), "G000 (a group of this folder)");
        assert_eq!(groups.describe(CountrySet::ALL), "all");
    }

    proptest! {
        #[test]
        fn every_description_is_exact(
            picked in prop::collection::vec(prop::sample::select(Country::all().collect::<Vec<_>>()), 0..8),
            left in prop::collection::vec(prop::sample::select(Country::all().collect::<Vec<_>>()), 0..8),
            bases in prop::collection::vec(prop::sample::select(Group::ALL.to_vec()), 0..4),
        ) {
            let left: CountrySet = left.into_iter().collect();
            let bases = bases.into_iter().fold(CountrySet::EMPTY, |all, group| all | members(group));
            let set = (bases | picked.into_iter().collect()) - left;
            let groups = Groups::default();
            let best = groups.best(set);
            let base = if best.is_all { CountrySet::ALL } else { CountrySet::EMPTY };
            let named = best.groups.iter().fold(base, |all, group| all | group.members);
            prop_assert_eq!((named | best.with) - best.without, set);
            prop_assert!(best.cost().0 <= set.len());
        }
    }
}
