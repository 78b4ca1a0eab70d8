//! A policy that extends another is the policy that somebody would write out who knows the rules of inheritance.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use kyc_policy::{Checked, Family, Policy, PolicySet, Severity, SourceMap, check_policy};
use kyc_tests::generate::{self, Format, Value};
use proptest::prelude::*;

const PLAIN: Format =
    Format { flow: false, quotes: None, comments: false, crlf: false, mark: false, reversed: false };

type Entries = Vec<(String, Value)>;

fn entries(value: Value) -> Entries {
    if let Value::Map(entries) = value { entries } else { panic!("{value:?}") }
}

fn get<'v>(entries: &'v Entries, key: &str) -> Option<&'v Value> {
    entries.iter().find(|(of, _)| of == key).map(|(_, value)| value)
}

fn is_none(value: &Value) -> bool {
    *value == Value::Plain("none".to_owned())
}

/// One document made of two, by a person and without a look at the library.
fn written_out(own: &Entries, inherited: &Entries) -> Entries {
    let kept = inherited.iter().filter(|(key, _)| get(own, key).is_none());
    let stated = own.iter().filter(|(key, value)| key == "questionnaire" || !is_none(value));
    let both = stated.map(|(key, value)| match (value, get(inherited, key)) {
        (Value::Map(own), Some(Value::Map(inherited))) => {
            (key.clone(), Value::Map(section(key, own, inherited)))
        }
        (value, _) => (key.clone(), value.clone()),
    });
    both.chain(kept.cloned()).collect()
}

fn section(name: &str, own: &Entries, inherited: &Entries) -> Entries {
    match name {
        // Parameters of the escape hatch are single values.
        "vendor" => {
            own.iter().chain(inherited.iter().filter(|(key, _)| get(own, key).is_none())).cloned().collect()
        }
        "client" => client(own, inherited),
        _ => written_out(own, inherited),
    }
}

fn client(own: &Entries, inherited: &Entries) -> Entries {
    let set = |entries: &Entries, key: &str| match get(entries, key) {
        Some(Value::Set(items)) => items.clone(),
        _ => Vec::new(),
    };
    let mut require = set(own, "require");
    for field in set(inherited, "require") {
        if !require.contains(&field) {
            require.push(field);
        }
    }
    let mut accept = set(own, "accept");
    if get(own, "accept").is_none() {
        accept = set(inherited, "accept").into_iter().filter(|field| !require.contains(field)).collect();
    }
    let lists = [("require", require), ("accept", accept)].into_iter().filter(|(_, list)| !list.is_empty());
    lists.map(|(key, list)| (key.to_owned(), Value::Set(list))).collect()
}

fn text(name: &str, entries: &Entries, more: &str) -> String {
    let others = entries.iter().filter(|(key, _)| key != "name").cloned().collect();
    format!("name: {name}\n{more}{}", generate::write(&Value::Map(others), PLAIN))
}

/// The check of a policy that extends the policy `base`.
fn extending(base: &str, child: &str) -> Checked<Policy> {
    let (mut family, mut sources) = (Family::new(), SourceMap::default());
    family.add(&mut sources, "base.yaml", "base", base.as_bytes());
    family.add(&mut sources, "p.yaml", "p", child.as_bytes());
    family.check("p", &PolicySet::empty())
}

fn errors(checked: &Checked<Policy>) -> BTreeSet<&'static str> {
    let errors = checked.diagnostics.iter().filter(|found| found.severity() == Severity::Error);
    errors.map(|found| found.rule().id).filter(|id| *id != "looser-than-parent").collect()
}

/// The keys that the diagnostics say to put into `loosen`, as their help spells them.
fn to_loosen(checked: &Checked<Policy>) -> BTreeSet<String> {
    let looser = checked.diagnostics.iter().filter(|found| found.rule().id == "looser-than-parent");
    let key = |help: &str| {
        let (_, rest) = help.split_once("`loosen: { ").unwrap();
        rest.split_once(": {").unwrap().0.to_owned()
    };
    looser.map(|found| key(found.help_text().unwrap())).collect()
}

fn loosen(keys: &BTreeSet<String>) -> String {
    if keys.is_empty() {
        return String::new();
    }
    let entries = keys.iter().map(|key| format!("  {key}: {{ reason: Why., until: 2999-12-31 }}\n"));
    format!("loosen:\n{}", entries.collect::<String>())
}

/// Some of the keys of a policy, and some of the keys of another unset.
fn child(of: &Entries, base: &Entries, taken: u32, unset: u32) -> Entries {
    let is_set = |bits: u32, index: usize| bits & (1 << (index % 32)) != 0;
    let own =
        of.iter().enumerate().filter(|(index, _)| is_set(taken, *index)).map(|(_, entry)| entry.clone());
    let own: Entries = own.filter(|(key, _)| key != "name").collect();
    let gone = base.iter().enumerate().filter(|(index, (key, _))| {
        let must_stand = matches!(key.as_str(), "name" | "countries" | "documents" | "questionnaire");
        is_set(unset, *index) && !must_stand && get(&own, key).is_none()
    });
    let gone: Entries = gone.map(|(_, (key, _))| (key.clone(), Value::Plain("none".to_owned()))).collect();
    own.into_iter().chain(gone).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_inherits_is_what_is_written_out(
        base in generate::policy(),
        other in generate::policy(),
        taken in any::<u32>(),
        unset in any::<u32>(),
    ) {
        let (base, other) = (entries(base), entries(other));
        let own = child(&other, &base, taken, unset & taken.rotate_left(7));
        let whole = text("p", &written_out(&own, &base), "");
        let mut sources = SourceMap::default();
        let whole = check_policy(&mut sources, "p.yaml", Some("p"), whole.as_bytes(), &PolicySet::empty());
        let base = text("base", &base, "");
        let first = extending(&base, &text("p", &own, "extends: base\n"));
        prop_assert_eq!(errors(&first), errors(&whole));

        // With what the help says, it is fine if it is fine written out; and nothing that it says is too much.
        let keys = to_loosen(&first);
        let loosened = extending(&base, &text("p", &own, &format!("extends: base\n{}", loosen(&keys))));
        let Some(whole) = &whole.value else {
            prop_assert!(loosened.value.is_none());
            return Ok(());
        };
        let policy = loosened.value.as_ref();
        prop_assert!(policy.is_some(), "{:?}", loosened.diagnostics);
        let policy = policy.unwrap();
        prop_assert_eq!(policy.digest(), whole.digest());

        // What needs no leave is as tight as what it extends, by the order of policies.
        let mut sources = SourceMap::default();
        let base = check_policy(&mut sources, "base.yaml", Some("base"), base.as_bytes(), &PolicySet::empty());
        let class = policy.compare(&base.value.unwrap());
        prop_assert_eq!(keys.is_empty(), class.is_not_looser(), "{:?} {:?}", keys, class);
    }
}
