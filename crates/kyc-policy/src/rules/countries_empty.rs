//! A list of countries that allows none.

use crate::diagnostic::{Diagnostic, Findings, shown};
use crate::rule::{Kind, Rule};
use crate::rules::listed_and_excluded::has_contradiction;
use crate::rules::{Check, Context, Ran};
use crate::written::CountryList;

pub(crate) static RULE: Rule = Rule {
    id: "countries-empty",
    kind: Kind::Error,
    summary: "the countries are an empty set",
    why: "An empty list reads as \"nothing\" to one program and as \"everything\" to another.",
    bad: "countries: []",
    good: "countries: any",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let definition = context.written()?;
    for list in &definition.written.country_lists {
        check_list(list, findings);
        let countries = list.countries();
        if list.key == "countries"
            && !list.is_partial
            && !countries.is_empty()
            && countries.is_subset(definition.set.deny)
        {
            let diagnostic = Diagnostic::new(&RULE, list.loc, "the set denies every country of this list")
                .help("allow a country that the set does not deny");
            findings.push(match definition.set.places.value("deny") {
                Some(loc) => diagnostic.related(loc, "denied here"),
                None => diagnostic,
            });
        }
    }
    Ok(())
}

pub(crate) fn check_list(list: &CountryList, findings: &mut Findings) {
    if list.is_partial || has_contradiction(list) {
        return;
    }
    if list.entries.is_empty() {
        findings.push(empty_list(list));
    } else if list.entries.iter().all(|entry| entry.value.excluded) {
        let all: Vec<_> = list.entries.iter().map(|entry| shown(&entry.value.spelled())).collect();
        findings.push(
            Diagnostic::new(&RULE, list.loc, format!("`{}` only excludes, and nothing is listed", list.key))
                .help(format!("write what is meant: `[any, {}]` for all others", all.join(", "))),
        );
    } else if list.countries().is_empty() {
        findings.push(
            Diagnostic::new(&RULE, list.loc, format!("the exclusions leave no country in `{}`", list.key))
                .help("leave at least one country"),
        );
    }
}

fn empty_list(list: &CountryList) -> Diagnostic {
    let help = match list.key.as_str() {
        "countries" => "name the countries, or write `any` if every country is meant",
        _ => "name the countries, or leave the key out",
    };
    Diagnostic::new(&RULE, list.loc, format!("`{}` is an empty list", list.key)).help(help)
}
