//! Issuing countries and document types together: the acceptance matrix, compared over whole sets of countries.

use kyc_core::{Country, CountrySet, DocumentSet, DocumentType};

use super::class::Class;
use super::slice;
use crate::sections::{Countries, DocumentScope, Sections};

type Rows = [(Country, DocumentScope)];

pub(super) const fn matrix(new: &Sections, old: &Sections) -> Class {
    let mut class = of_types(accepted_from_anywhere(new), accepted_from_anywhere(old));
    let (mut new_rows, mut old_rows) = (slice(&new.documents.rows), slice(&old.documents.rows));
    let mut with_a_row = CountrySet::EMPTY;
    while let Some(country) = first(new_rows, old_rows) {
        class = class.and(of_types(accepted_from(new, country), accepted_from(old, country)));
        with_a_row = with_a_row.with(country);
        (new_rows, old_rows) = (after(new_rows, country), after(old_rows, country));
    }
    // All other countries of a policy have one row, so they are compared at once.
    class.and(of_blocks(block(new, with_a_row), block(old, with_a_row)))
}

/// The first country of both lists of rows, which are sorted.
const fn first(a: &Rows, b: &Rows) -> Option<Country> {
    match (a, b) {
        ([(a, _), ..], [(b, _), ..]) => Some(if a.index() <= b.index() { *a } else { *b }),
        ([(country, _), ..], []) | ([], [(country, _), ..]) => Some(*country),
        ([], []) => None,
    }
}

const fn after(rows: &Rows, country: Country) -> &Rows {
    match rows {
        [(of, _), rest @ ..] if of.index() == country.index() => rest,
        _ => rows,
    }
}

/// Countries that share a row, with the types of it.
type Block = (CountrySet, u64);

const fn block(sections: &Sections, with_a_row: CountrySet) -> Block {
    let types = types(sections.documents.default) | sections.documents.eid.bits();
    (sections.countries.effective().difference(with_a_row), types)
}

const fn of_blocks(new: Block, old: Block) -> Class {
    Class::of_sets(has_more(new, old), has_more(old, new))
}

const fn has_more((countries, types): Block, (other_countries, other_types): Block) -> bool {
    let elsewhere = !countries.difference(other_countries).is_empty() && types != 0;
    let common = !countries.intersection(other_countries).is_empty() && types & !other_types != 0;
    elsewhere || common
}

const fn of_types(new: u64, old: u64) -> Class {
    Class::of_sets(new & !old != 0, old & !new != 0)
}

impl Sections {
    /// The document types that pass from a country, e-IDs and wallets among them; usable in constants.
    pub const fn accepted_from(&self, country: Country) -> DocumentSet {
        if !self.countries.effective().contains(country) {
            return DocumentSet::EMPTY;
        }
        let mut rows = slice(&self.documents.rows);
        let mut row = self.documents.default;
        while let [(of, scope), rest @ ..] = rows {
            if of.index() == country.index() {
                row = Some(*scope);
                break;
            }
            rows = rest;
        }
        DocumentSet::proven(types(row) | self.documents.eid.bits())
    }
}

const fn accepted_from(sections: &Sections, country: Country) -> u64 {
    sections.accepted_from(country).bits()
}

/// The document types that pass although nobody knows the country: none, unless all are allowed alike.
const fn accepted_from_anywhere(sections: &Sections) -> u64 {
    let is_open = match sections.countries {
        Countries::AnyBut(set) => set.is_empty() && slice(&sections.documents.rows).is_empty(),
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

/// A document that passes, with its issuing country unless nobody needs to know that.
pub(super) type Cell = (Option<Country>, DocumentType);

/// The first document that passes under `new` and not under `old`, by country and type.
pub(super) fn gained(new: &Sections, old: &Sections) -> Option<Cell> {
    first_cell(new, |country| accepted_from(new, country) & !accepted_from(old, country)).or_else(|| {
        let types = accepted_from_anywhere(new) & !accepted_from_anywhere(old);
        Some((None, first_type(types)?))
    })
}

/// The first document that passes under both, or else one that passes under `new`.
pub(super) fn ordinary(new: &Sections, old: &Sections) -> Option<Cell> {
    let common = first_cell(new, |country| accepted_from(new, country) & accepted_from(old, country));
    common.or_else(|| first_cell(new, |country| accepted_from(new, country)))
}

fn first_cell(new: &Sections, types: impl Fn(Country) -> u64) -> Option<Cell> {
    let countries = new.countries.effective();
    countries.iter().find_map(|country| Some((Some(country), first_type(types(country))?)))
}

fn first_type(types: u64) -> Option<DocumentType> {
    let first = usize::try_from(types.trailing_zeros()).ok()?;
    DocumentType::ALL.get(first).copied()
}
