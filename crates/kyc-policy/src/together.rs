//! Lints that look further than one document: over all policies of a folder, and at today's date. They are found after
//! the documents have been checked, and never change what a policy is.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kyc_core::Group;

use crate::check::ignored_file;
use crate::diagnostic::{Diagnostic, Place};
use crate::lints::{Decision, Lints, SET, Waived};
use crate::places::Places;
use crate::policy::Policy;
use crate::rules::{
    policies_identical, policy_subsumed, review_overdue, snapshot_unpinned, waiver_expired, waiver_unused,
};
use crate::set::PolicySet;
use crate::source::{Loc, SourceMap};
use crate::written::CountryList;

/// One policy of a folder, as the lints over all of them see it.
#[derive(Clone, Copy, Debug)]
pub struct Member<'a> {
    /// The name of its file without `.yaml`.
    pub name: &'a str,
    /// The policy, if it has no mistake.
    pub policy: Option<&'a Policy>,
    /// Where its keys were written.
    pub places: &'a Places,
    /// The built-in groups that it names.
    pub groups: &'a [UsedGroup],
}

/// A built-in group of countries, and where it is named.
#[derive(Clone, Copy, Debug)]
pub struct UsedGroup {
    pub(crate) group: Group,
    pub(crate) loc: Loc,
}

/// What was found, and what of it a waiver excuses.
#[derive(Debug)]
pub struct Noted<'s> {
    lints: &'s Lints,
    /// Warnings, and errors where the set denies a lint.
    pub diagnostics: Vec<Diagnostic>,
    /// What a waiver excuses.
    pub waived: Vec<Waived>,
}

impl<'s> Noted<'s> {
    fn new(set: &'s PolicySet) -> Self {
        Self { lints: &set.lints, diagnostics: Vec::new(), waived: Vec::new() }
    }

    /// Adds a finding about `member`, whose keys it may name.
    pub(crate) fn add(&mut self, diagnostic: Diagnostic, member: &Member<'_>) {
        self.decide(diagnostic.located(|key| member.places.value(key)), member.name, member.places);
    }

    fn decide(&mut self, diagnostic: Diagnostic, file: &str, places: &Places) {
        match self.lints.decide(diagnostic, file, places) {
            Decision::Allowed => {}
            Decision::Waived(waived) => self.waived.push(waived),
            Decision::Kept(kept) => self.diagnostics.push(kept),
        }
    }
}

impl Member<'_> {
    /// The place of a key's value.
    pub(crate) fn place(&self, key: &'static str) -> Place {
        self.places.value(key).map_or(Place::Policy(key.into()), Place::At)
    }
}

/// The built-in groups that lists of countries name, each once.
pub(crate) fn groups_used(lists: &[CountryList]) -> Vec<UsedGroup> {
    let mut used: Vec<UsedGroup> = Vec::new();
    for entry in lists.iter().flat_map(|list| &list.entries) {
        if let Some(group) = Group::from_name(&entry.value.word)
            && !used.iter().any(|earlier| earlier.group == group)
        {
            used.push(UsedGroup { group, loc: entry.loc });
        }
    }
    used
}

/// What is said of a file that stands beside the policies and is not read.
pub fn check_ignored_file<'s>(sources: &mut SourceMap, set: &'s PolicySet, name: &str) -> Noted<'s> {
    let mut noted = Noted::new(set);
    let file = Places::default();
    noted.decide(ignored_file(sources, name), SET, &file);
    noted
}

/// Lints over the policies of a folder, or some of them, and their set together.
pub fn check_together<'s>(set: &'s PolicySet, members: &[Member<'_>]) -> Noted<'s> {
    let mut noted = Noted::new(set);
    if !set.lints.allows(&snapshot_unpinned::RULE) {
        unpinned(set, members, &mut noted);
    }
    if !set.lints.allows(&policies_identical::RULE) {
        policies_identical::check(members, &mut noted);
    }
    if !set.lints.allows(&policy_subsumed::RULE) {
        policy_subsumed::check(members, &mut noted);
    }
    noted
}

/// One finding for each group that no snapshot is pinned of, where it is first used.
fn unpinned(set: &PolicySet, members: &[Member<'_>], noted: &mut Noted<'_>) {
    if set.places.is_broken("snapshots") {
        return;
    }
    let in_set = Member { name: SET, policy: None, places: &set.places, groups: &set.groups_used };
    for group in
        Group::ALL.into_iter().filter(|group| set.snapshots.iter().all(|(pinned, _)| pinned != group))
    {
        let of =
            |member: &Member<'_>| member.groups.iter().find(|used| used.group == group).map(|used| used.loc);
        let mut uses =
            std::iter::once(&in_set).chain(members).filter_map(|member| Some((member, of(member)?)));
        if let Some((first, loc)) = uses.next() {
            // Policies that inherit a list share its places.
            let mut others: Vec<_> = uses.map(|(_, other)| other).filter(|other| *other != loc).collect();
            others.dedup();
            noted.add(snapshot_unpinned::found(group, loc, &others), first);
        }
    }
}

/// What depends on the day: reviews that are due, and waivers that have run out. `waived` is all that waivers excuse
/// on any day; what they no longer excuse comes back as a diagnostic. Whether a waiver excuses anything at all is known
/// only if `members` are all policies of the folder (`is_whole`), and none has a mistake.
pub fn check_day<'s>(
    set: &'s PolicySet,
    members: &[Member<'_>],
    waived: Vec<Waived>,
    is_whole: bool,
    now: Timestamp,
) -> Noted<'s> {
    let today = TimeZone::get(&set.timezone).unwrap_or(TimeZone::UTC).to_datetime(now).date();
    let mut noted = Noted { waived, ..Noted::new(set) };
    for member in members {
        let due = member.policy.map(|policy| policy.due(now)).unwrap_or_default();
        noted.diagnostics.extend(due.into_iter().map(|due| due.located(|key| member.places.value(key))));
        if let Some(found) = member.policy.and_then(|policy| review_overdue::of(policy, today)) {
            noted.add(found, member);
        }
    }
    let (over, waived): (Vec<_>, Vec<_>) =
        std::mem::take(&mut noted.waived).into_iter().partition(|waived| waived.waiver.until < today);
    noted.waived = waived;
    for Waived { diagnostic, waiver } in over {
        let found = diagnostic.related(waiver.loc, format!("waived until {}", waiver.until));
        noted.diagnostics.push(set.lints.levelled(found));
    }
    let names = members.iter().map(|member| member.name);
    let is_known = is_whole && members.iter().all(|member| member.policy.is_some());
    for waiver in &set.lints.waivers {
        let is_used = || noted.waived.iter().any(|waived| waived.waiver.loc == waiver.loc);
        if waiver.until < today {
            noted.decide(waiver_expired::found(waiver), SET, &set.places);
        } else if is_known && !is_used() {
            noted.decide(waiver_unused::found(waiver, names.clone()), SET, &set.places);
        }
    }
    noted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{check_policy, check_set};

    /// The rules of what is found at noon of `day` about a policy with an address that a waiver excuses until
    /// 2027-03-31, and how many findings are excused.
    fn found(policies: &str, day: &str, is_whole: bool) -> (Vec<&'static str>, usize) {
        let text = format!(
            "hosts: [app.example.com]\nwaivers: [{{ lint: vendor-field, policy: {policies}, reason: A test., until: 2027-03-31 }}]\n"
        );
        let mut sources = SourceMap::default();
        let set = check_set(&mut sources, "_set.yaml", text.as_bytes()).0;
        let text = "name: p\ncountries: [LT]\ndocuments: [PASSPORT]\nvendor: { newSwitch: true }\n";
        let checked = check_policy(&mut sources, "p.yaml", Some("p"), text.as_bytes(), &set);
        let member = Member {
            name: "p",
            policy: checked.value.as_ref(),
            places: &checked.places,
            groups: &checked.groups,
        };
        let now = format!("{day}T12:00:00Z").parse().unwrap();
        let noted = check_day(&set, &[member], checked.waived, is_whole, now);
        (noted.diagnostics.iter().map(|found| found.rule().id).collect(), noted.waived.len())
    }

    #[test]
    fn a_waiver_counts_through_its_last_day() {
        assert_eq!(found("p", "2027-03-30", true), (vec![], 1));
        assert_eq!(found("p", "2027-03-31", true), (vec![], 1));
        assert_eq!(found("p", "2027-04-01", true), (vec!["vendor-field", "waiver-expired"], 0));
    }

    #[test]
    fn a_waiver_is_unused_only_if_all_policies_are_known() {
        assert_eq!(found("other", "2027-03-31", true), (vec!["waiver-unused"], 0));
        assert_eq!(found("other", "2027-03-31", false), (vec![], 0));
        assert_eq!(found("p", "2027-03-31", false), (vec![], 1));
    }
}
