//! Where a policy is looser than the one that it extends, and whether that was allowed: found by lowering documents that
//! differ in one key.

use std::rc::Rc;
use std::sync::LazyLock;

use super::{Ancestor, Heritage};
use crate::diagnostic::{Findings, shown};
use crate::field::{Direction, FIELDS};
use crate::lower::{Draft, lower_policy};
use crate::order::{Class, OrderedSection, Subject};
use crate::places::Places;
use crate::policy::Policy;
use crate::rules::Waiting;
use crate::sections::Loosening;
use crate::set::PolicySet;
use crate::source::Loc;
use crate::tree::{Entry, Kind, Node};

/// Sections in which each key is allowed to be looser by itself.
const BY_KEY: [&str; 5] = ["token", "manual_review", "checks", "verify", "bank_card"];

/// The keys that can be looser, as `loosen` names them.
pub(crate) static LOOSENABLE: LazyLock<Vec<&str>> = LazyLock::new(|| {
    use Direction::{Acceptance, Changed, MoreIsTighter, TrueIsTighter};
    let is_ordered = |direction| matches!(direction, Acceptance | Changed | MoreIsTighter | TrueIsTighter);
    let ordered = FIELDS.iter().filter(|field| is_ordered(field.direction));
    let keys = ordered.map(|field| field.key);
    keys.filter(|key| key.contains('.') == BY_KEY.contains(&section(key))).collect()
});

fn section(key: &str) -> &str {
    key.split_once('.').map_or(key, |(section, _)| section)
}

/// A part in which the policy is not as tight as the one that it extends.
pub(crate) struct Looser {
    /// The key that `loosen` would name.
    pub(crate) key: String,
    pub(crate) class: Class,
    /// What that means for people: a witness where a result shows it, else a sentence.
    pub(crate) about: Option<String>,
    /// What makes it so.
    pub(crate) differences: Vec<Difference>,
}

/// A key that has another value than before.
pub(crate) struct Difference {
    path: Vec<String>,
    pub(crate) new: Option<Value>,
    pub(crate) old: Option<Value>,
}

/// A value as it was written, and where.
pub(crate) struct Value {
    pub(crate) text: String,
    pub(crate) loc: Loc,
}

impl Difference {
    pub(crate) fn key(&self) -> String {
        self.path.join(".")
    }

    /// Its key as `loosen` names it.
    fn loosen(&self) -> String {
        let depth = if self.path.first().is_some_and(|of| BY_KEY.contains(&&**of)) { 2 } else { 1 };
        self.path.iter().take(depth).map(String::as_str).collect::<Vec<_>>().join(".")
    }
}

/// What became of the `loosen` section.
pub(crate) struct Loosened<'a> {
    /// What is looser and was not allowed.
    pub(crate) unallowed: Vec<Looser>,
    /// What was allowed and is not looser.
    pub(crate) idle: Vec<&'a Loosening>,
}

/// Compares a policy with the one that it extends, with everything taken back that `loosen` allows.
pub(crate) fn loosened<'a>(
    heritage: &Heritage<'_>,
    loosen: &'a [Loosening],
    places: &Places,
    set: &PolicySet,
) -> Loosened<'a> {
    let comparison = Comparison { heritage, places, set };
    let rest = comparison.taken_back(loosen.iter());
    let untight = comparison.untight(&rest);
    let mut needed: Vec<_> = loosen.iter().collect();
    let is_idle = |one: &&Loosening| {
        // Of keys that are looser together only, one is needed.
        let others = comparison.taken_back(needed.iter().copied().filter(|other| other.key != one.key));
        let is_idle = comparison.untight(&comparison.alone(&one.key)).is_empty()
            && comparison.untight(&others).iter().all(|section| untight.contains(section));
        if is_idle {
            needed.retain(|needed| needed.key != one.key);
        }
        is_idle
    };
    let idle = loosen.iter().filter(is_idle).collect();
    let unallowed = untight.iter().flat_map(|section| comparison.looser(*section, &rest)).collect();
    Loosened { unallowed, idle }
}

/// What policies further up were allowed to be looser in, as far as this one is no tighter than they.
pub(crate) fn inherited_loosen(heritage: &Heritage<'_>, places: &Places, set: &PolicySet) -> Vec<Loosening> {
    let is_in_use = |(one, above): &&(Loosening, Rc<Ancestor<'_>>)| {
        let heritage = Heritage { old: &above.tree, old_sections: &above.sections, ..*heritage };
        let comparison = Comparison { heritage: &heritage, places, set };
        !comparison.untight(&comparison.alone(&one.key)).is_empty()
    };
    let mut inherited: Vec<_> =
        heritage.exceptions.iter().filter(is_in_use).map(|(one, _)| one.clone()).collect();
    inherited.sort_by(|a, b| (&a.key, a.until).cmp(&(&b.key, b.until)));
    inherited
}

struct Comparison<'a> {
    heritage: &'a Heritage<'a>,
    places: &'a Places,
    set: &'a PolicySet,
}

impl<'a> Comparison<'a> {
    fn lower(&self, tree: &Node<'_>) -> Draft {
        lower_policy(tree, None, self.set, &mut Findings::default())
    }

    /// The document with the keys of these as they were before.
    fn taken_back<'l>(&self, loosen: impl Iterator<Item = &'l Loosening>) -> Node<'a> {
        loosen.fold(self.heritage.new.clone(), |mut tree, one| {
            let path = path(&one.key);
            set(&mut tree, &path, get(self.heritage.old, &path));
            tree
        })
    }

    /// The older document with this key as it is now.
    fn alone(&self, key: &str) -> Node<'a> {
        let mut tree = self.heritage.old.clone();
        let path = path(key);
        set(&mut tree, &path, get(self.heritage.new, &path));
        tree
    }

    /// The sections in which the document is not as tight as before.
    fn untight(&self, tree: &Node<'_>) -> Vec<OrderedSection> {
        let new = self.lower(tree);
        let is_untight = |section: &OrderedSection| {
            let keys = keys(*section);
            // What was refused has no meaning that could be compared.
            let is_known = !keys.iter().any(|key| self.places.is_broken(key));
            is_known && !self.compare(*section, &new).is_not_looser()
        };
        OrderedSection::ALL.iter().copied().filter(is_untight).collect()
    }

    fn compare(&self, section: OrderedSection, new: &Draft) -> Class {
        if section == OrderedSection::Age && new.written.has_swapped_ages() {
            // Nobody passes; that this is a mistake is said by its rule.
            return Class::Tighter;
        }
        let new = &new.sections;
        let mut old = self.heritage.old_sections.clone();
        if matches!(section, OrderedSection::Nationality | OrderedSection::IpCountry) {
            // What is made of facts outside is compared by itself.
            old.verdict.outside = new.verdict.outside;
        }
        section.compare_sections(new, &old)
    }

    /// What in the section is not as tight as before, by the keys that `loosen` would name.
    fn looser(&self, section: OrderedSection, tree: &Node<'_>) -> Vec<Looser> {
        let mut all = Vec::new();
        differences(Some(self.heritage.old), Some(tree), &mut Vec::new(), &mut all);
        // What makes no difference together with what makes none is fine; all else is why, and enough to take back.
        let (mut fine, mut guilty) = (Vec::new(), Vec::new());
        for difference in all {
            fine.push(difference);
            if !self.compare(section, &self.lower(&self.changed(&fine))).is_not_looser() {
                guilty.extend(fine.pop());
            }
        }
        let mut looser: Vec<Looser> = Vec::new();
        for difference in guilty {
            let key = difference.loosen();
            match looser.iter_mut().find(|looser| looser.key == key) {
                Some(known) => known.differences.push(difference),
                None => looser.push(Looser {
                    key,
                    class: Class::Changed,
                    about: None,
                    differences: vec![difference],
                }),
            }
        }
        if looser.is_empty() {
            // No key of its own differs, so something else decides; nothing is let pass because of that.
            let key = keys(section).first().copied().unwrap_or_default().to_owned();
            looser.push(Looser { key, class: Class::Changed, about: None, differences: Vec::new() });
        }
        let whole = self.lower(tree);
        for looser in &mut looser {
            let alone = self.lower(&self.changed(&looser.differences));
            let of_alone = self.compare(section, &alone);
            let is_by_itself = !of_alone.is_not_looser();
            looser.class = if is_by_itself { of_alone } else { self.compare(section, &whole) };
            looser.about = self.about(section, if is_by_itself { &alone } else { &whole });
        }
        looser
    }

    /// The older document with these differences alone.
    fn changed(&self, differences: &[Difference]) -> Node<'a> {
        let mut tree = self.heritage.old.clone();
        for Difference { path, .. } in differences {
            set(&mut tree, path, get(self.heritage.new, path));
        }
        tree
    }

    /// What a section of `new` means for people who were judged by that of the older document.
    fn about(&self, section: OrderedSection, new: &Draft) -> Option<String> {
        // They are compared, and nothing else: that they may not be used as they are is why.
        let policy = |sections| Policy::proven(sections, Waiting::default());
        let (new, old) = (policy(new.sections.clone()), policy(self.heritage.old_sections.clone()));
        let mut changes = new.changes_since(&old, self.set).into_iter();
        let change =
            changes.find(|change| matches!(change.subject, Subject::Section(of) if of == section))?;
        let gains = change.gains.map(|witness| {
            let (was, now) = (witness.was, witness.now);
            format!("{}: {was} under `{}`, {now} here", witness.applicant(), self.heritage.parent)
        });
        gains.or_else(|| (!change.situation.is_empty()).then(|| change.situation.join("; ")))
    }
}

/// The keys that a section consists of; none for one in which nobody has to ask.
const fn keys(section: OrderedSection) -> &'static [&'static str] {
    match section {
        OrderedSection::Matrix => &["countries", "documents", "eid"],
        OrderedSection::Age => &["age"],
        OrderedSection::Nationality => &["nationality"],
        OrderedSection::IpCountry => &["ip_country"],
        OrderedSection::Expiry => &["expiry"],
        OrderedSection::Verdict => &["verdict"],
        OrderedSection::TokenType => &["token.type"],
        OrderedSection::ManualReview => &["manual_review"],
        OrderedSection::Checks => &["checks"],
        OrderedSection::Verify => &["verify"],
        OrderedSection::BankCard => &["bank_card"],
        OrderedSection::Switches => &["auto_aml_monitoring", "allow_bsn_masking", "driver_license_back"],
        OrderedSection::Questionnaire => &["questionnaire", "questionnaire_required"],
        OrderedSection::Nfc => &["nfc"],
        OrderedSection::Steps => &["steps", "utility_bill"],
        OrderedSection::Registries => &["registry_countries"],
        OrderedSection::FaceThreshold => &["face_threshold"],
        OrderedSection::RiskProfile => &["risk_profile"],
        OrderedSection::Vendor => &["vendor"],
        OrderedSection::Client => &["client"],
        // It is of the set, which the two share.
        OrderedSection::Timezone => &[],
    }
}

fn path(key: &str) -> Vec<String> {
    key.split('.').map(str::to_owned).collect()
}

fn entries<'n, 't>(node: &'n Node<'t>) -> &'n [Entry<'t>] {
    if let Kind::Map(entries) = &node.kind { entries } else { &[] }
}

fn find<'n, 't>(node: &'n Node<'t>, key: &str) -> Option<&'n Entry<'t>> {
    entries(node).iter().find(|entry| entry.key == key)
}

fn value_of<'n, 't>(entries: &'n [Entry<'t>], key: &str) -> Option<&'n Node<'t>> {
    entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
}

fn get<'n, 't>(node: &'n Node<'t>, path: &[String]) -> Option<&'n Entry<'t>> {
    let (first, rest) = path.split_first()?;
    let entry = find(node, first)?;
    if rest.is_empty() { Some(entry) } else { get(&entry.value, rest) }
}

/// Makes the entry at `path` what it is elsewhere: absent, if it is not there.
fn set<'t>(node: &mut Node<'t>, path: &[String], entry: Option<&Entry<'t>>) {
    let Some((first, rest)) = path.split_first() else { return };
    let loc = node.loc;
    if !matches!(node.kind, Kind::Map(_)) {
        node.kind = Kind::Map(Vec::new());
    }
    let Kind::Map(entries) = &mut node.kind else { return };
    if rest.is_empty() {
        entries.retain(|known| known.key != *first);
        entries.extend(entry.cloned());
        return;
    }
    if !entries.iter().any(|known| known.key == *first) {
        let value = Node { loc, kind: Kind::Map(Vec::new()) };
        entries.push(Entry { key: first.clone().into(), key_loc: loc, value });
    }
    for known in entries.iter_mut().filter(|known| known.key == *first) {
        set(&mut known.value, rest, entry);
    }
    // A section of nothing is none.
    entries.retain(|known| {
        known.key != *first || !matches!(&known.value.kind, Kind::Map(left) if left.is_empty())
    });
}

/// Every key of which the value differs, down to what is no map. What is absent is a map without keys where the other
/// side is a map.
fn differences(
    old: Option<&Node<'_>>,
    new: Option<&Node<'_>>,
    at: &mut Vec<String>,
    found: &mut Vec<Difference>,
) {
    let map = |node: Option<&'_ Node<'_>>| node.is_none_or(|node| matches!(node.kind, Kind::Map(_)));
    if map(old) && map(new) {
        let (old, new) = (old.map(entries).unwrap_or_default(), new.map(entries).unwrap_or_default());
        let added = new.iter().filter(|entry| value_of(old, &entry.key).is_none());
        for key in old.iter().chain(added).map(|entry| &entry.key) {
            at.push(key.to_string());
            differences(value_of(old, key), value_of(new, key), at, found);
            at.pop();
        }
    } else if old.map(written) != new.map(written) {
        found.push(Difference { path: at.clone(), new: new.map(value), old: old.map(value) });
    }
}

fn value(node: &Node<'_>) -> Value {
    Value { text: shown(&written(node)), loc: node.loc }
}

/// A value as one would write it.
fn written(node: &Node<'_>) -> String {
    match &node.kind {
        Kind::Scalar(scalar) => scalar.text.to_string(),
        Kind::List(items) => format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(", ")),
        Kind::Map(entries) => {
            let entries: Vec<_> =
                entries.iter().map(|entry| format!("{}: {}", entry.key, written(&entry.value))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
        Kind::Refused => String::new(),
    }
}
