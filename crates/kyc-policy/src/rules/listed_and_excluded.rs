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
    for excluded in list.entries.iter().filter(|entry| entry.value.excluded) {
        if let Some(listed) = listed_as(list, &excluded.value.word) {
            let word = shown(&excluded.value.word);
            findings.push(
                Diagnostic::new(&RULE, excluded.loc, format!("`{word}` is both listed and excluded"))
                    .label("excluded here")
                    .related(listed.loc, "listed here")
                    .help("keep one of them"),
            );
        }
    }
}

/// Whether some entry is both listed and excluded.
pub(crate) fn has_contradiction(list: &CountryList) -> bool {
    list.entries.iter().any(|entry| entry.value.excluded && listed_as(list, &entry.value.word).is_some())
}

fn listed_as<'a>(list: &'a CountryList, word: &str) -> Option<&'a At<CountryEntry>> {
    list.entries.iter().find(|entry| !entry.value.excluded && entry.value.word == word)
}
