//! What a set makes of the findings of lints: a level for each lint, and waivers of single findings. Errors are none of
//! its business.

use jiff::civil;

use crate::diagnostic::{Diagnostic, Place};
use crate::order::Class;
use crate::places::{Places, is_within};
use crate::rule::{Level, Rule};
use crate::source::Loc;
use crate::written::At;

/// What waivers call `_set.yaml` and the folder as a whole.
pub(crate) const SET: &str = "_set";

/// The levels and waivers of a set.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lints {
    pub(crate) levels: Vec<(&'static Rule, At<Level>)>,
    pub(crate) waivers: Vec<Waiver>,
}

/// An exception that a set makes: findings of one lint, in one policy, until a day.
#[derive(Clone, Debug)]
pub struct Waiver {
    pub(crate) lint: &'static Rule,
    pub(crate) policy: String,
    pub(crate) key: Option<String>,
    pub(crate) reason: String,
    pub(crate) until: civil::Date,
    /// Where it was written: the name of its lint, for it is what people look for.
    pub(crate) loc: Loc,
}

/// A finding that a waiver excuses.
#[derive(Clone, Debug)]
pub struct Waived {
    /// The finding. It is a warning, whatever the level of its lint.
    pub diagnostic: Diagnostic,
    /// What excuses it.
    pub waiver: Waiver,
}

/// What becomes of one finding.
pub(crate) enum Decision {
    /// Nobody wants to know.
    Allowed,
    /// An exception is made.
    Waived(Waived),
    /// It is told, as a warning or as an error.
    Kept(Diagnostic),
}

impl Lints {
    /// What the set makes of `diagnostic` in the file named `file` without `.yaml`. A waiver counts here on any day;
    /// that it has run out is found where today's date is known.
    pub(crate) fn decide(&self, diagnostic: Diagnostic, file: &str, places: &Places) -> Decision {
        let rule = diagnostic.rule();
        if self.level(rule).0 == Some(Level::Allow) {
            return Decision::Allowed;
        }
        let key = key_of(diagnostic.place(), places);
        let excusing = self.waivers.iter().filter(|waiver| waiver.excuses(rule, file, key));
        match excusing.max_by_key(|waiver| waiver.until) {
            Some(waiver) => Decision::Waived(Waived { diagnostic, waiver: waiver.clone() }),
            None => Decision::Kept(self.levelled(diagnostic)),
        }
    }

    /// The finding as an error, if its lint is denied.
    pub(crate) fn levelled(&self, diagnostic: Diagnostic) -> Diagnostic {
        match self.level(diagnostic.rule()) {
            (Some(Level::Deny), Some(place)) => diagnostic.denied(place),
            _ => diagnostic,
        }
    }

    /// Whether nobody wants to know of findings of `rule`, so that there is no need to look for them.
    pub(crate) fn allows(&self, rule: &'static Rule) -> bool {
        self.level(rule).0 == Some(Level::Allow)
    }

    /// The level of a lint, and where the set states it.
    fn level(&self, rule: &'static Rule) -> (Option<Level>, Option<Loc>) {
        match self.levels.iter().find(|(of, _)| of.id == rule.id) {
            Some((_, level)) => (Some(level.value), Some(level.loc)),
            None => (rule.default_level(), None),
        }
    }
}

/// Comparison with an older set. Texts are for people, and the same for what means the same.
impl Lints {
    /// How the levels compare: a level that refuses more is tighter.
    pub(crate) fn levels_since(&self, old: &Self) -> Class {
        let rules = self.levels.iter().chain(&old.levels).map(|(rule, _)| *rule);
        let of = |lints: &Self, rule| lints.level(rule).0.map_or(0, |level| level as u32);
        rules.fold(Class::Equal, |class, rule| class.and(Class::of_demands(of(self, rule), of(old, rule))))
    }

    /// How the waivers compare: one that excuses less, or not as long, is tighter.
    pub(crate) fn waivers_since(&self, old: &Self) -> Class {
        let excuses_more = |than: &Self, lints: &Self| {
            let is_covered = |waiver: &Waiver| than.waivers.iter().any(|of| of.covers(waiver));
            !lints.waivers.iter().all(is_covered)
        };
        Class::of_sets(excuses_more(old, self), excuses_more(self, old))
    }

    /// `account-decides: deny, plain-http: allow`, in the order of the names.
    pub(crate) fn levels_text(&self) -> String {
        let mut levels: Vec<_> =
            self.levels.iter().map(|(rule, level)| format!("{}: {}", rule.id, level.value)).collect();
        levels.sort_unstable();
        levels.join(", ")
    }

    /// `plain-http in shop at redirect until 2027-03-31 (why)`, in the order of the names.
    pub(crate) fn waivers_text(&self) -> String {
        let text = |waiver: &Waiver| {
            let key = waiver.key().map(|key| format!(" at {key}")).unwrap_or_default();
            let Waiver { lint, policy, until, reason, .. } = waiver;
            format!("{} in {policy}{key} until {until} ({reason})", lint.id)
        };
        let mut waivers: Vec<_> = self.waivers.iter().map(text).collect();
        waivers.sort_unstable();
        waivers.join("; ")
    }
}

impl Waiver {
    /// Whether it excuses all that `other` excuses, as long.
    fn covers(&self, other: &Self) -> bool {
        self.excuses(other.lint, &other.policy, other.key()) && self.until >= other.until
    }

    /// The lint.
    pub const fn lint(&self) -> &'static Rule {
        self.lint
    }

    /// The policy by name; `_set` for `_set.yaml` and the folder itself.
    pub fn policy(&self) -> &str {
        &self.policy
    }

    /// The key to which the exception is limited.
    pub fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    /// Why the exception is made.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// The last day on which it counts, in the set's time zone.
    pub const fn until(&self) -> civil::Date {
        self.until
    }

    fn excuses(&self, rule: &'static Rule, file: &str, key: Option<&str>) -> bool {
        let covers = |of: &String| key.is_some_and(|key| is_within(key, of));
        self.lint.id == rule.id && self.policy == file && self.key.as_ref().is_none_or(covers)
    }
}

/// The key at or under which `place` is.
fn key_of<'p>(place: &'p Place, places: &'p Places) -> Option<&'p str> {
    match place {
        Place::At(loc) => places.key_of(*loc),
        Place::Policy(key) => Some(key),
        Place::File(_) | Place::Client(_) | Place::ClientKey(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::{Checked, Policy, Severity, SourceMap, check_policy, check_set};

    fn check(set: &str, policy: &str) -> Checked<Policy> {
        let mut sources = SourceMap::default();
        let (set, mistakes) = check_set(&mut sources, "_set.yaml", set.as_bytes());
        assert!(mistakes.is_empty(), "{mistakes:?}");
        check_policy(&mut sources, "shop.yaml", None, policy.as_bytes(), &set)
    }

    fn errors(checked: &Checked<Policy>) -> Vec<&'static str> {
        let errors = checked.diagnostics.iter().filter(|found| found.severity() == Severity::Error);
        errors.map(|found| found.rule().id).collect()
    }

    /// A policy with 299 entries that add nothing, and a flag that is left to the account.
    fn repetitive() -> String {
        let entries = ["LT"; 300].join(", ");
        format!("name: shop\ncountries: [{entries}]\ndocuments: any\nnfc: account\n")
    }

    #[test]
    fn findings_that_do_not_count_hide_none_that_do() {
        let waived =
            "waivers: [{ lint: redundant-entry, policy: shop, reason: A copy., until: 2027-01-01 }]\n";
        for excuse in ["", "lints: { redundant-entry: allow, account-decides: deny }\n"] {
            let set = match excuse {
                "" => format!("lints: {{ redundant-entry: deny, account-decides: deny }}\n{waived}"),
                levels => levels.to_owned(),
            };
            let checked = check(&set, &repetitive());
            assert_eq!(errors(&checked), ["account-decides"], "{set}");
            assert!(checked.value.is_none());
        }
    }

    #[test]
    fn of_many_denied_findings_some_are_shown_and_the_rest_are_counted() {
        let checked = check("lints: { redundant-entry: deny }\n", &repetitive());
        let found = errors(&checked);
        assert_eq!((found.len(), found.last()), (201, Some(&"too-many-mistakes")));
        assert!(checked.value.is_none());
    }

    #[test]
    fn a_waiver_of_a_key_covers_what_is_written_in_it_and_nothing_else() {
        let policy = "name: shop\ncountries: [LT, LT]\ndocuments: [PASSPORT, PASSPORT]\n\
                      checks: { aml: account, lid: true }\nverify: { email: account }\nnfc: account\n";
        let left = |lint: &str, key: &str| {
            let waiver =
                format!("{{ lint: {lint}, policy: shop, key: {key}, reason: A test., until: 2027-01-01 }}");
            let checked = check(&format!("waivers: [{waiver}]\n"), policy);
            let of_lint = checked.diagnostics.iter().filter(|found| found.rule().id == lint);
            (of_lint.count(), checked.waived.len())
        };
        assert_eq!(left("account-decides", "checks.aml"), (2, 1));
        assert_eq!(left("account-decides", "checks"), (2, 1));
        assert_eq!(left("account-decides", "checks.lid"), (3, 0));
        assert_eq!(left("account-decides", "nfc"), (2, 1));
        assert_eq!(left("redundant-entry", "countries"), (1, 1));
        assert_eq!(left("redundant-entry", "documents"), (1, 1));
        assert_eq!(left("redundant-entry", "name"), (2, 0));
    }
}
