//! An entry both listed and excluded.

use crate::diagnostic::{Diagnostic, Findings, shown};
use crate::rule::{Rule, Severity};
use crate::rules::{Check, Context, Ran};
use crate::written::{At, CountryEntry, CountryList};

pub(crate) static RULE: Rule = Rule {
    id: "listed-and-excluded",
    severity: Severity::Error,
    summary: "an entry is both listed and excluded",
    why: "One of the two is a mistake, and nobody can tell which.",
    bad: "countries: [LT, LV, -LV]",
    good: "countries: [LT]",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    context.written()?.written.country_lists.iter().for_each(|list| check_list(list, findings));
    Ok(())
}

pub(crate) fn check_list(list: &CountryList, findings: &mut Findings) {
    for (listed, excluded) in contradictions(list) {
        let (word, by) = (shown(&listed.value.word), shown(&excluded.value.spelled()));
        let message = if listed.value.word == excluded.value.word {
            format!("`{word}` is both listed and excluded")
        } else {
            format!("`{by}` excludes `{word}`, which is listed")
        };
        findings.push(
            Diagnostic::new(&RULE, excluded.loc, message)
                .label("excluded here")
                .related(listed.loc, "listed here")
                .help("keep one of them"),
        );
    }
}

/// Whether some entry is both listed and excluded.
pub(crate) fn has_contradiction(list: &CountryList) -> bool {
    contradictions(list).next().is_some()
}

/// Each listed entry of which nothing is left, with the first exclusion that takes from it.
fn contradictions(list: &CountryList) -> impl Iterator<Item = (&At<CountryEntry>, &At<CountryEntry>)> {
    let excluded = list.union(true);
    let listed = list.entries.iter().filter(move |entry| {
        !entry.value.excluded && entry.value.countries.is_subset(excluded)
    });
    listed.filter_map(|listed| {
        let takes = |entry: &&At<CountryEntry>| {
            entry.value.excluded && !(entry.value.countries & listed.value.countries).is_empty()
        };
        let same = list.entries.iter().find(|entry| entry.value.excluded && entry.value.word == listed.value.word);
        Some((listed, same.or_else(|| list.entries.iter().find(takes))?))
    })
}
