//! Sections that say which facts pass, compared case by case: the cases are finite, so the comparison is exact. It agrees
//! with the verdict.

use kyc_core::{Age, CountrySet, TokenType};

use super::class::Class;
use super::slice;
use crate::sections::{AmlList, Outcome, Screen, Sections};
use crate::tags::Tag;

/// Ages in whole years. An unknown age fails any bound, and having one is tighter than having none whatever it is.
pub(super) const fn age(new: &Sections, old: &Sections) -> Class {
    let min = Class::of_demands(years(new.age.min(), 0), years(old.age.min(), 0));
    let max = Class::of_demands(years(old.age.max(), u32::MAX), years(new.age.max(), u32::MAX));
    min.and(max)
}

const fn years(age: Option<Age>, unbounded: u32) -> u32 {
    match age {
        Some(age) => age.get(),
        None => unbounded,
    }
}

pub(super) const fn nationality(new: &Sections, old: &Sections) -> Class {
    screen(new.verdict.outside, new.nationality, old.verdict.outside, old.nationality)
}

pub(super) const fn ip_country(new: &Sections, old: &Sections) -> Class {
    screen(new.verdict.outside, new.ip_country, old.verdict.outside, old.ip_country)
}

/// An unknown country fails any screen, and having one is tighter than having none whatever stands in it.
const fn screen(new_outside: Outcome, new: Screen, old_outside: Outcome, old: Screen) -> Class {
    let has_more = !milder(new_outside, new, old_outside, old).is_empty();
    let has_less = !milder(old_outside, old, new_outside, new).is_empty();
    Class::of_sets(has_more, has_less)
}

/// The countries that a screen treats better than another one does.
pub(super) const fn milder(
    new_outside: Outcome,
    new: Screen,
    old_outside: Outcome,
    old: Screen,
) -> CountrySet {
    let (new_stopped, old_stopped) = (new.deny.union(new.review), old.deny.union(old.review));
    let (new_refused, old_refused) = (refused(new_outside, new), refused(old_outside, old));
    old_stopped.difference(new_stopped).union(old_refused.difference(new_refused))
}

const fn refused(outside: Outcome, screen: Screen) -> CountrySet {
    if severity(outside) > severity(Outcome::Review) { screen.deny } else { CountrySet::EMPTY }
}

pub(super) const fn expiry(new: &Sections, old: &Sections) -> Class {
    let none = Class::of_demands(severity(new.expiry.none), severity(old.expiry.none));
    none.and(Class::of_demands(new.expiry.min_remaining_days, old.expiry.min_remaining_days))
}

pub(super) const fn verdict(new: &Sections, old: &Sections) -> Class {
    let mut class = Class::of_demands(severity(new.verdict.outside), severity(old.verdict.outside));
    // What is made of a tag that this release does not know.
    class = class.and(Class::of_demands(severity(new.verdict.default), severity(old.verdict.default)));
    // The entries are in the order of the tags, so each is met once.
    let (mut of_new, mut of_old) = (slice(&new.verdict.tags), slice(&old.verdict.tags));
    let mut tags = Tag::ALL;
    while let [tag, rest @ ..] = tags {
        let (now, was) = (next_of_tag(new, *tag, of_new), next_of_tag(old, *tag, of_old));
        class = class.and(Class::of_demands(now.0, was.0));
        (of_new, of_old, tags) = (now.1, was.1, rest);
    }
    let mut lists = AmlList::ALL;
    while let [list, rest @ ..] = lists {
        class = class.and(Class::of_demands(of_list(new, *list), of_list(old, *list)));
        lists = rest;
    }
    class
}

type Entries = [(Tag, Outcome)];

/// What is made of the tag, and the entries of the tags after it.
const fn next_of_tag<'s>(sections: &Sections, tag: Tag, entries: &'s Entries) -> (u32, &'s Entries) {
    match entries {
        [(of, outcome), rest @ ..] if *of as u32 == tag as u32 => (severity(*outcome), rest),
        _ => (severity(sections.verdict.unstated_tag(tag)), entries),
    }
}

const fn of_list(sections: &Sections, list: AmlList) -> u32 {
    severity(match sections.verdict.aml.of(list) {
        Some(outcome) => outcome,
        None => sections.verdict.unstated_list(list),
    })
}

/// Whether the face is compared too.
pub(super) const fn token_type(new: &Sections, old: &Sections) -> Class {
    Class::of_demands(faces(new), faces(old))
}

const fn faces(sections: &Sections) -> u32 {
    matches!(sections.token.token_type, TokenType::Identification) as u32
}

/// How bad an outcome is for the person.
const fn severity(outcome: Outcome) -> u32 {
    outcome as u32
}
