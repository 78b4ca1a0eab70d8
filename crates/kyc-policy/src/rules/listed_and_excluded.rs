//! An entry both listed and excluded.

use kyc_core::CountrySet;

use crate::diagnostic::{Diagnostic, Findings, shown};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};
use crate::written::{At, CountryEntry, CountryList};

pub(crate) static RULE: Rule = Rule {
    id: "listed-and-excluded",
    kind: Kind::Error,
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

/// Each listed entry of which nothing is left, with an exclusion that takes from it. An entry that is excluded in the
/// same word is a mistake of its own and accounts for no other.
fn contradictions(list: &CountryList) -> impl Iterator<Item = (&At<CountryEntry>, &At<CountryEntry>)> {
    let (excluded, listed): (Vec<_>, Vec<_>) = list.entries.iter().partition(|entry| entry.value.excluded);
    let (same_word, others): (Vec<_>, Vec<_>) =
        excluded.into_iter().partition(|entry| listed.iter().any(|listed| listed.value.word == entry.value.word));
    let taken = others.iter().fold(CountrySet::EMPTY, |all, entry| all | entry.value.countries);
    listed.into_iter().filter_map(move |listed| {
        let in_same_word = same_word.iter().find(|entry| entry.value.word == listed.value.word);
        let overlaps = |entry: &&&At<CountryEntry>| !(entry.value.countries & listed.value.countries).is_empty();
        let in_other_words =
            if listed.value.countries.is_subset(taken) { others.iter().find(overlaps) } else { None };
        Some((listed, *in_same_word.or(in_other_words)?))
    })
}
