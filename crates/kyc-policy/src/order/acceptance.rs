//! Sections that say which facts pass, compared case by case: the cases are finite, so the comparison is exact. It agrees
//! with the verdict.

use std::borrow::Cow;

use kyc_core::{Age, Country, CountrySet, DocumentSet, TokenType};

use super::class::Class;
use crate::sections::{AmlList, Countries, DocumentScope, Outcome, Screen, Sections};
use crate::tags::Tag;

/// Issuing countries and document types together.
pub(super) const fn matrix(new: &Sections, old: &Sections) -> Class {
    let mut class = cell(accepted_from_anywhere(new), accepted_from_anywhere(old));
    let mut country = 0;
    while (country as usize) < Country::COUNT {
        class = class.and(cell(accepted_from(new, country), accepted_from(old, country)));
        country += 1;
    }
    class
}

const fn cell(new: u64, old: u64) -> Class {
    Class::of_sets(new & !old != 0, old & !new != 0)
}

/// The document types that pass from a country, as bits.
const fn accepted_from(sections: &Sections, country: u8) -> u64 {
    let is_allowed = match sections.countries {
        Countries::Listed(set) => has(set, country),
        Countries::AnyBut(set) => !has(set, country),
    };
    if !is_allowed {
        return 0;
    }
    let documents = &sections.documents;
    let mut rows = slice(&documents.rows);
    let mut row = documents.default;
    while let [(of, scope), rest @ ..] = rows {
        if of.index() == country {
            row = Some(*scope);
        }
        rows = rest;
    }
    types(row) | documents.eid.bits()
}

/// The document types that pass although nobody knows the country: none, unless all are allowed alike.
const fn accepted_from_anywhere(sections: &Sections) -> u64 {
    let is_open = match sections.countries {
        Countries::AnyBut(set) => is_empty(set) && slice(&sections.documents.rows).is_empty(),
        Countries::Listed(_) => false,
    };
    if is_open { types(sections.documents.default) | sections.documents.eid.bits() } else { 0 }
}

const fn types(row: Option<DocumentScope>) -> u64 {
    match row {
        Some(DocumentScope::Any) => DocumentSet::PHYSICAL.bits(),
        Some(DocumentScope::Listed(set)) => set.bits(),
        None => 0,
    }
}

/// Ages in whole years.
pub(super) const fn age(new: &Sections, old: &Sections) -> Class {
    let min = Class::of_demands(years(new.age.min(), 0), years(old.age.min(), 0));
    let max = Class::of_demands(years(old.age.max(), u32::MAX), years(new.age.max(), u32::MAX));
    // Without any bound even an unknown age passes.
    let unknown = Class::of_demands(needs_age(new), needs_age(old));
    min.and(max).and(unknown)
}

const fn years(age: Option<Age>, unbounded: u32) -> u32 {
    match age {
        Some(age) => age.get(),
        None => unbounded,
    }
}

const fn needs_age(sections: &Sections) -> u32 {
    (sections.age.min().is_some() || sections.age.max().is_some()) as u32
}

pub(super) const fn nationality(new: &Sections, old: &Sections) -> Class {
    screen(new, new.nationality, old, old.nationality)
}

pub(super) const fn ip_country(new: &Sections, old: &Sections) -> Class {
    screen(new, new.ip_country, old, old.ip_country)
}

const fn screen(new: &Sections, of_new: Screen, old: &Sections, of_old: Screen) -> Class {
    let mut class = Class::of_demands(of_unknown(of_new), of_unknown(of_old));
    let mut country = 0;
    while (country as usize) < Country::COUNT {
        class =
            class.and(Class::of_demands(of_country(new, of_new, country), of_country(old, of_old, country)));
        country += 1;
    }
    class
}

const fn of_unknown(screen: Screen) -> u32 {
    if is_empty(screen.deny) && is_empty(screen.review) { 0 } else { severity(Outcome::Review) }
}

const fn of_country(sections: &Sections, screen: Screen, country: u8) -> u32 {
    if has(screen.deny, country) {
        severity(sections.verdict.outside)
    } else if has(screen.review, country) {
        severity(Outcome::Review)
    } else {
        severity(Outcome::Accept)
    }
}

pub(super) const fn expiry(new: &Sections, old: &Sections) -> Class {
    let none = Class::of_demands(severity(new.expiry.none), severity(old.expiry.none));
    none.and(Class::of_demands(new.expiry.min_remaining_days, old.expiry.min_remaining_days))
}

pub(super) const fn verdict(new: &Sections, old: &Sections) -> Class {
    let mut class = Class::of_demands(severity(new.verdict.outside), severity(old.verdict.outside))
        .and(Class::of_demands(of_unknown_tag(new), of_unknown_tag(old)));
    let mut tags = Tag::ALL;
    while let [tag, rest @ ..] = tags {
        class = class.and(Class::of_demands(of_tag(new, *tag), of_tag(old, *tag)));
        tags = rest;
    }
    let mut lists = AmlList::ALL;
    while let [list, rest @ ..] = lists {
        class = class.and(Class::of_demands(of_list(new, *list), of_list(old, *list)));
        lists = rest;
    }
    class
}

/// What is made of a tag that this release does not know: never an acceptance.
const fn of_unknown_tag(sections: &Sections) -> u32 {
    let (default, review) = (severity(sections.verdict.default), severity(Outcome::Review));
    if default > review { default } else { review }
}

const fn of_tag(sections: &Sections, tag: Tag) -> u32 {
    let mut stated = slice(&sections.verdict.tags);
    while let [(of, outcome), rest @ ..] = stated {
        if *of as u32 == tag as u32 {
            return severity(*outcome);
        }
        stated = rest;
    }
    severity(sections.verdict.unstated_tag(tag))
}

const fn of_list(sections: &Sections, list: AmlList) -> u32 {
    let mut stated = slice(&sections.verdict.aml);
    while let [(of, outcome), rest @ ..] = stated {
        if *of as u32 == list as u32 {
            return severity(*outcome);
        }
        stated = rest;
    }
    severity(sections.verdict.unstated_list(list))
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

/// Whether the country of this index is in the set.
#[expect(clippy::indexing_slicing, reason = "a const fn has no `get`; a u8 shifted right by 6 is below 4")]
const fn has(set: CountrySet, country: u8) -> bool {
    set.bits()[(country >> 6) as usize] >> (country & 63) & 1 == 1
}

const fn is_empty(set: CountrySet) -> bool {
    matches!(set.bits(), [0, 0, 0, 0])
}

pub(super) const fn slice<'s, T: Clone>(list: &'s Cow<'static, [T]>) -> &'s [T] {
    match list {
        Cow::Borrowed(list) => list,
        Cow::Owned(list) => list.as_slice(),
    }
}
