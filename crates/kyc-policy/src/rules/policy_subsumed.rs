//! A policy that another one makes superfluous.

use std::collections::{BTreeMap, BTreeSet};

use crate::canonical::meaning;
use crate::diagnostic::Diagnostic;
use crate::digest::Digest;
use crate::order::{Class, OrderedSection};
use crate::policy::Policy;
use crate::rule::{Kind, Level, Rule};
use crate::rules::Check;
use crate::sections::{Effective, Sections};
use crate::together::{Member, Noted};

pub(crate) static RULE: Rule = Rule {
    id: "policy-subsumed",
    kind: Kind::Lint(Level::Warn),
    summary: "another policy lets the same people pass, and more, and is the same in all else",
    why: "Whoever passes under the narrower policy passes under the wider one with the same demands; two files are \
          kept where one does, or the narrower one was meant to demand more.",
    bad: r"# a.yaml
countries: [LT]
# b.yaml, which is the same in all else
countries: [LT, LV]",
    good: r"# a.yaml, stricter than b.yaml in what it demands
countries: [LT]
checks: { aml: true }",
};

pub(crate) const CHECK: Option<Check> = None;

/// What decides who passes, and nothing that is demanded or done.
const ACCEPTANCE: [OrderedSection; 6] = [
    OrderedSection::Matrix,
    OrderedSection::Age,
    OrderedSection::Nationality,
    OrderedSection::IpCountry,
    OrderedSection::Expiry,
    OrderedSection::Verdict,
];

/// Adds a finding about each policy that differs from another one only by letting fewer people pass.
pub(crate) fn check(members: &[Member<'_>], noted: &mut Noted<'_>) {
    let mut alike: BTreeMap<_, Vec<(&Member<'_>, &Policy)>> = BTreeMap::new();
    for member in members {
        if let Some(policy) = member.policy {
            alike.entry(beside_acceptance(policy)).or_default().push((member, policy));
        }
    }
    let mut found: Vec<_> = alike.values().flat_map(|group| narrower(group, members)).collect();
    found.sort_by_key(|(member, _)| member.name);
    for (member, wider) in found {
        noted.add(one(member, wider), member);
    }
}

/// Of policies that are the same but for who passes, each for which there is a wider one, with that one. Where one
/// of the two builds on the other, the difference is what it is there for.
fn narrower<'m>(
    group: &[(&'m Member<'m>, &Policy)],
    members: &[Member<'_>],
) -> Vec<(&'m Member<'m>, &'m Member<'m>)> {
    // Of policies that mean the same one is enough: a folder of copies is compared in no time.
    let mut seen = BTreeSet::new();
    let meaning = |policy: &Policy| (policy.digest(), policy.governance().special.extends.clone());
    let distinct: Vec<_> = group.iter().copied().filter(|(_, policy)| seen.insert(meaning(policy))).collect();
    let wider = |(member, of): &(&Member<'_>, &Policy)| {
        let is_wider = |(other, policy): &&(&Member<'_>, &Policy)| {
            is_narrower(of, policy)
                && !builds_on(of, other.name, members)
                && !builds_on(policy, member.name, members)
        };
        distinct.iter().find(is_wider).map(|(other, _)| *other)
    };
    group.iter().filter_map(|of| Some((of.0, wider(of)?))).collect()
}

/// Whether the policy extends that of this name, or one that does.
fn builds_on(policy: &Policy, name: &str, members: &[Member<'_>]) -> bool {
    let parent = |policy: &Policy| policy.governance().special.extends.as_deref().map(str::to_owned);
    let mut next = parent(policy);
    // The check has bounded how many there are.
    while let Some(above) = next {
        if above == name {
            return true;
        }
        let member = members.iter().find(|member| member.name == above);
        next = member.and_then(|member| member.policy).and_then(parent);
    }
    false
}

fn is_narrower(policy: &Policy, than: &Policy) -> bool {
    // Cheaper than the whole comparison, and enough to tell most pairs apart.
    if !policy.countries().is_subset(than.countries()) {
        return false;
    }
    let mut class = Class::Equal;
    for section in ACCEPTANCE {
        class = class.and(section.compare(policy, than));
        if !class.is_not_looser() {
            return false;
        }
    }
    class == Class::Tighter
}

/// What two policies have in common that differ in nothing but who passes and when they are in force.
fn beside_acceptance(policy: &Policy) -> (Digest, EffectiveKey) {
    let silent = Sections::silent();
    let sections = Sections {
        countries: silent.countries,
        documents: silent.documents,
        age: silent.age,
        nationality: silent.nationality,
        ip_country: silent.ip_country,
        expiry: silent.expiry,
        verdict: silent.verdict,
        ..policy.sections.clone()
    };
    let Effective { from, until } = policy.governance().special.effective;
    (crate::digest::digest_of(&meaning(&sections)), (from, until))
}

type EffectiveKey = (Option<jiff::civil::Date>, Option<jiff::civil::Date>);

fn one(member: &Member<'_>, wider: &Member<'_>) -> Diagnostic {
    let message = format!(
        "whoever passes under `{}` passes under `{}`, which is the same in all else",
        member.name, wider.name
    );
    Diagnostic::new(&RULE, member.place("name"), message)
        .related(wider.place("name"), "the wider policy")
        .help("issue by the wider policy, or say in a waiver why there are two")
}
