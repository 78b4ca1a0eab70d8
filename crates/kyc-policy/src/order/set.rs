//! What is different between two `_set.yaml`: what it means for each policy shows in the policies; here stands what it
//! means for those that will be written.

use std::fmt::Display;

use kyc_core::{Country, CountrySet, Group};
use serde::Serialize;

use super::change::ChangeClass;
use super::class::Class;
use crate::duration::Duration;
use crate::sections::RiskTier;
use crate::set::PolicySet;
use crate::written::At;

/// One difference between what a set of policies shares and what it shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SetChange {
    /// The key of `_set.yaml`.
    pub key: &'static str,
    /// What kind of change it is.
    pub class: ChangeClass,
    /// What the set said; `None` if nothing.
    pub was: Option<String>,
    /// What it says now; `None` if nothing.
    pub now: Option<String>,
}

impl PolicySet {
    /// Everything that is different from an older set.
    pub fn changes_since(&self, old: &Self) -> Vec<SetChange> {
        let mut changes = Vec::new();
        let mut add = |key, class: ChangeClass, was: String, now: String| {
            if was != now {
                let stated = |text: String| Some(text).filter(|text| !text.is_empty());
                changes.push(SetChange { key, class, was: stated(was), now: stated(now) });
            }
        };
        let superset =
            |new: CountrySet, old: CountrySet| Class::of_sets(!old.is_subset(new), !new.is_subset(old));
        add("deny", superset(self.deny, old.deny).into(), countries(old.deny), countries(self.deny));
        let (new, of_old) = (keys(&self.must_state), keys(&old.must_state));
        add("must_state", demands(&new, &of_old), list(&of_old), list(&new));
        let tags = |set: &Self| set.never_accept.iter().map(|tag| tag.as_str()).collect::<Vec<_>>();
        let (new, of_old) = (tags(self), tags(old));
        add("never_accept", demands(&new, &of_old), list(&of_old), list(&new));
        let (new, of_old) = (keys(&self.governance), keys(&old.governance));
        add("governance.require", demands(&new, &of_old), list(&of_old), list(&new));
        for tier in RiskTier::ALL {
            let cap = |set: &Self| set.reverify_caps.iter().find(|(of, _)| of == tier).map(|(_, cap)| *cap);
            let key = match tier {
                RiskTier::Low => "governance.reverify.low",
                RiskTier::Standard => "governance.reverify.standard",
                RiskTier::High => "governance.reverify.high",
            };
            add(key, ceiling(cap(self), cap(old)), text(cap(old)), text(cap(self)));
        }
        let (new, of_old) = (self.max_expires_in, old.max_expires_in);
        add("ceilings.expires_in", ceiling(new, of_old), text(of_old), text(new));
        let (new, of_old) = (self.max_session_length, old.max_session_length);
        add("ceilings.session_length", ceiling(new, of_old), text(of_old), text(new));
        // Longer is more that is stored, shorter is less that can be shown later: neither is stricter.
        let (new, of_old) = (self.retention, old.retention);
        add("retention.keep", ChangeClass::Changed, text(of_old.keep), text(new.keep));
        add("retention.erase_after", ChangeClass::Changed, text(of_old.erase_after), text(new.erase_after));
        let hosts = |set: &Self| list(&set.hosts.iter().map(ToString::to_string).collect::<Vec<_>>());
        add("hosts", ChangeClass::Routing, hosts(old), hosts(self));
        let intake = |set: &Self| set.intake.as_ref().map(|url| url.as_str().to_owned()).unwrap_or_default();
        add("intake", ChangeClass::Routing, intake(old), intake(self));
        // What these mean is expanded in every policy that uses them, and compared there.
        add("groups", ChangeClass::Operational, groups(old), groups(self));
        add("snapshots", ChangeClass::Operational, snapshots(old), snapshots(self));
        add("timezone", ChangeClass::Changed, old.timezone.clone(), self.timezone.clone());
        let (new, of_old) = (&self.lints, &old.lints);
        add("lints", new.levels_since(of_old).into(), of_old.levels_text(), new.levels_text());
        let class = match new.waivers_since(of_old) {
            Class::Equal => ChangeClass::Governance,
            class => class.into(),
        };
        add("waivers", class, of_old.waivers_text(), new.waivers_text());
        changes
    }
}

impl From<Class> for ChangeClass {
    /// What is equal has no class of change; it counts as changed if its spelling differs.
    fn from(class: Class) -> Self {
        match class {
            Class::Tighter => Self::Tighter,
            Class::Looser => Self::Looser,
            Class::Equal | Class::Changed => Self::Changed,
        }
    }
}

fn keys(keys: &[At<&'static str>]) -> Vec<&'static str> {
    let mut keys: Vec<_> = keys.iter().map(|key| key.value).collect();
    keys.sort_unstable();
    keys
}

/// More that is demanded of policies is tighter.
fn demands(new: &[&str], old: &[&str]) -> ChangeClass {
    let lacks = |all: &[&str], of: &[&str]| of.iter().any(|word| !all.contains(word));
    Class::of_sets(lacks(new, old), lacks(old, new)).into()
}

fn ceiling(new: Option<Duration>, old: Option<Duration>) -> ChangeClass {
    let height = |ceiling: Option<Duration>| ceiling.map_or(u64::MAX, Duration::seconds);
    match height(new).cmp(&height(old)) {
        std::cmp::Ordering::Less => ChangeClass::Tighter,
        std::cmp::Ordering::Equal => ChangeClass::Changed,
        std::cmp::Ordering::Greater => ChangeClass::Looser,
    }
}

fn text(value: Option<impl Display>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn list<T: AsRef<str>>(words: &[T]) -> String {
    words.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", ")
}

fn countries(set: CountrySet) -> String {
    list(&set.iter().map(Country::code).collect::<Vec<_>>())
}

fn groups(set: &PolicySet) -> String {
    let mut groups: Vec<_> =
        set.groups.iter().map(|(name, of)| format!("{name}: {}", countries(*of))).collect();
    groups.sort_unstable();
    groups.join("; ")
}

/// The pinned groups, each with the day of its snapshot.
fn snapshots(set: &PolicySet) -> String {
    let pinned = |group: &Group| set.snapshots.iter().find(|(of, _)| of == group);
    let day = |(group, members): &(Group, CountrySet)| {
        let snapshot = group.snapshots().iter().find(|snapshot| snapshot.members() == *members);
        Some(format!("{}: {}", group.name(), snapshot?.since))
    };
    list(&Group::ALL.iter().filter_map(pinned).filter_map(day).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceMap;

    const BASE: &str = "deny: [KP]
must_state: [age, checks.aml]
never_accept: [DUPLICATE_FACE]
governance: { require: [owner], reverify: { high: 1y } }
ceilings: { expires_in: 24h }
retention: { keep: 5y }
hosts: [app.example.com]
intake: https://hooks.example.com/idenfy
groups: { BALTICS: [EE, LT, LV] }
snapshots: { EU: 2020-02-01 }
timezone: Europe/Vilnius
lints: { account-decides: deny, redundant-entry: allow }
waivers: [{ lint: plain-http, policy: shop, reason: A test., until: 2027-03-31 }]
";

    fn set(text: &str) -> PolicySet {
        let (set, found) = crate::check_set(&mut SourceMap::default(), "_set.yaml", text.as_bytes());
        let is_mistake = |found: &crate::Diagnostic| found.severity() == crate::Severity::Error;
        assert!(!found.iter().any(is_mistake), "{found:?}\n{text}");
        set
    }

    #[test]
    fn each_edit_has_its_class_both_ways() {
        use ChangeClass::{Changed, Governance, Looser, Operational, Routing, Tighter};
        let base = set(BASE);
        assert_eq!(base.changes_since(&set(BASE)), []);
        for (from, to, key, class) in [
            ("[KP]", "[KP, IR]", "deny", Tighter),
            ("deny: [KP]\n", "", "deny", Looser),
            ("[KP]", "[IR]", "deny", Changed),
            ("[age, checks.aml]", "[checks.aml]", "must_state", Looser),
            ("[DUPLICATE_FACE]", "[DUPLICATE_FACE, NAME]", "never_accept", Tighter),
            ("[owner]", "[owner, rationale]", "governance.require", Tighter),
            ("high: 1y", "high: 2y", "governance.reverify.high", Looser),
            ("24h", "12h", "ceilings.expires_in", Tighter),
            ("ceilings: { expires_in: 24h }\n", "", "ceilings.expires_in", Looser),
            (
                "{ expires_in: 24h }",
                "{ expires_in: 24h, session_length: 20m }",
                "ceilings.session_length",
                Tighter,
            ),
            ("keep: 5y", "keep: 6y", "retention.keep", Changed),
            ("retention: { keep: 5y }\n", "", "retention.keep", Changed),
            ("keep: 5y", "keep: 5y, erase_after: 8y", "retention.erase_after", Changed),
            ("[app.example.com]", "[app.example.com, evil.example.com:8443]", "hosts", Routing),
            ("hooks.example.com", "hooks.example.org", "intake", Routing),
            ("[EE, LT, LV]", "[EE, LT, LV, PL]", "groups", Operational),
            ("2020-02-01", "2013-07-01", "snapshots", Operational),
            ("Europe/Vilnius", "Europe/Riga", "timezone", Changed),
            ("account-decides: deny", "account-decides: warn", "lints", Looser),
            ("account-decides: deny, ", "", "lints", Looser),
            (", redundant-entry: allow", "", "lints", Tighter),
            ("redundant-entry: allow", "vendor-field: deny", "lints", Tighter),
            ("deny, redundant-entry: allow", "allow, redundant-entry: deny", "lints", Changed),
            ("policy: shop", "policy: other", "waivers", Changed),
            ("policy: shop", "policy: shop, key: redirect", "waivers", Tighter),
            ("2027-03-31", "2027-04-01", "waivers", Looser),
            ("A test.", "Another test.", "waivers", Governance),
            (
                "waivers: [{ lint: plain-http, policy: shop, reason: A test., until: 2027-03-31 }]\n",
                "",
                "waivers",
                Tighter,
            ),
        ] {
            assert!(BASE.contains(from), "{from}");
            let edited = set(&BASE.replacen(from, to, 1));
            for (new, old, class) in [(&edited, &base, class), (&base, &edited, mirrored(class))] {
                let changes = new.changes_since(old);
                let found: Vec<_> = changes.iter().map(|change| (change.key, change.class)).collect();
                assert_eq!(found, [(key, class)], "`{from}` to `{to}`");
            }
        }
    }

    const fn mirrored(class: ChangeClass) -> ChangeClass {
        match class {
            ChangeClass::Tighter => ChangeClass::Looser,
            ChangeClass::Looser => ChangeClass::Tighter,
            same => same,
        }
    }

    #[test]
    fn what_the_set_said_and_says_is_told() {
        for (from, to, was, now) in [
            (
                "{ EU: 2020-02-01 }",
                "{ EU: 2013-07-01, EEA: 2020-02-01 }",
                "EU: 2020-02-01",
                "EU: 2013-07-01, EEA: 2020-02-01",
            ),
            (
                "[app.example.com]",
                "[app.example.com, other.example.com:8443]",
                "app.example.com",
                "app.example.com, other.example.com:8443",
            ),
        ] {
            let edited = set(&BASE.replacen(from, to, 1));
            let [change] = <[SetChange; 1]>::try_from(edited.changes_since(&set(BASE))).unwrap();
            assert_eq!((change.was.as_deref(), change.now.as_deref()), (Some(was), Some(now)));
        }
    }

    #[test]
    fn other_spelling_is_no_change() {
        let other =
            BASE.replace("[age, checks.aml]", "[checks.aml, age]").replace("[EE, LT, LV]", "[LV, EE, LT]");
        assert_eq!(set(&other).changes_since(&set(BASE)), []);
    }
}
