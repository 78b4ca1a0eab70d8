//! An entry that adds nothing.

use crate::diagnostic::{Diagnostic, Findings, shown};
use crate::rule::{Kind, Level, Rule};
use crate::rules::listed_and_excluded::has_contradiction;
use crate::rules::{Check, Context, Ran};
use crate::source::Loc;
use crate::written::{At, CountryEntry, CountryList};

pub(crate) static RULE: Rule = Rule {
    id: "redundant-entry",
    kind: Kind::Lint(Level::Warn),
    summary: "an entry adds nothing to its list",
    why: "A reader takes each entry for a decision; one that decides nothing misleads.",
    bad: "countries: [EU, LT]",
    good: "countries: [EU]",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let written = context.written()?.written;
    written.country_lists.iter().for_each(|list| check_list(list, findings));
    let document_lists = written.document_lists.iter().map(|list| list.entries.as_slice());
    for entries in document_lists.chain([written.eid.as_slice()]) {
        for (index, entry) in entries.iter().enumerate() {
            if let Some(first) = entries.iter().take(index).find(|other| other.value == entry.value) {
                findings.push(found(entry.loc, entry.value.as_str(), first.loc, first.value.as_str()));
            }
        }
    }
    Ok(())
}

pub(crate) fn check_list(list: &CountryList, findings: &mut Findings) {
    if has_contradiction(list) {
        return;
    }
    for (index, entry) in list.entries.iter().enumerate() {
        let covers = |(at, other): &(usize, &At<CountryEntry>)| {
            *at != index && is_covered(&entry.value, &other.value, *at < index)
        };
        if let Some((_, other)) = list.entries.iter().enumerate().find(covers) {
            findings.push(found(entry.loc, &entry.value.spelled(), other.loc, &other.value.spelled()));
        }
    }
}

/// Whether `other` says all that `entry` says. Of two that say the same the later one is redundant.
fn is_covered(entry: &CountryEntry, other: &CountryEntry, other_is_earlier: bool) -> bool {
    entry.excluded == other.excluded
        && entry.countries.is_subset(other.countries)
        && (entry.countries != other.countries || other_is_earlier)
}

/// An entry that `covering` at `other` makes redundant.
pub(crate) fn found(loc: Loc, entry: &str, other: Loc, covering: &str) -> Diagnostic {
    Diagnostic::new(&RULE, loc, format!("`{}` adds nothing: `{}` covers it", shown(entry), shown(covering)))
        .related(other, "covered here")
        .help("leave it out")
}
