//! An exclusion that removes nothing.

use crate::diagnostic::{Diagnostic, Findings, shown};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};
use crate::written::CountryList;

pub(crate) static RULE: Rule = Rule {
    id: "exclusion-removes-nothing",
    kind: Kind::Error,
    summary: "an exclusion removes nothing",
    why: "Its author believes that the country was in the list, so the list is not what they think.",
    bad: "countries: [EU, -NO]",
    good: "countries: [EEA, -NO]",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    context.written()?.written.country_lists.iter().for_each(|list| check_list(list, findings));
    Ok(())
}

pub(crate) fn check_list(list: &CountryList, findings: &mut Findings) {
    if list.is_partial {
        return;
    }
    let listed = list.union(false);
    if listed.is_empty() {
        // Said by the rule about empty lists.
        return;
    }
    for entry in list.entries.iter().filter(|entry| entry.value.excluded) {
        if (entry.value.countries & listed).is_empty() {
            let spelled = shown(&entry.value.spelled());
            findings.push(
                Diagnostic::new(&RULE, entry.loc, format!("`{spelled}` removes nothing: it is not in the list"))
                    .help("leave it out, or list what it should be taken from"),
            );
        }
    }
}
