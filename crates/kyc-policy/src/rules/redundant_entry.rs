//! An entry that adds nothing.

use crate::diagnostic::{Diagnostic, Findings, Severity, shown};
use crate::rules::{Context, Ran, Rule};
use crate::source::Loc;
use crate::written::{At, CountryEntry};

pub(crate) static RULE: Rule = Rule {
    id: "redundant-entry",
    severity: Severity::Warning,
    summary: "an entry adds nothing to its list",
    why: "A reader takes each entry for a decision; one that decides nothing misleads.",
    bad: "countries: [EU, LT]",
    good: "countries: [EU]",
    check: Some(check),
};

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let written = context.written()?.written;
    for list in &written.country_lists {
        for (index, entry) in list.entries.iter().enumerate() {
            let same_sign = |other: &&At<CountryEntry>| other.value.excluded == entry.value.excluded;
            let mut covering = list.entries.iter().enumerate().filter(|(at, other)| {
                // Of two equal entries the later one is redundant.
                *at != index
                    && same_sign(other)
                    && entry.value.countries.is_subset(other.value.countries)
                    && (entry.value.countries != other.value.countries || *at < index)
            });
            if let Some((_, other)) = covering.next() {
                findings.push(redundant(entry.loc, &entry.value.spelled(), other.loc, &other.value.spelled()));
            }
        }
    }
    for list in &written.document_lists {
        for (index, entry) in list.entries.iter().enumerate() {
            if let Some(first) = list.entries.iter().take(index).find(|other| other.value == entry.value) {
                findings.push(redundant(entry.loc, entry.value.as_str(), first.loc, first.value.as_str()));
            }
        }
    }
    Ok(())
}

fn redundant(loc: Loc, entry: &str, other: Loc, covering: &str) -> Diagnostic {
    Diagnostic::new(&RULE, loc, format!("`{}` adds nothing: `{}` covers it", shown(entry), shown(covering)))
        .related(other, "covered here")
        .help("leave it out")
}
