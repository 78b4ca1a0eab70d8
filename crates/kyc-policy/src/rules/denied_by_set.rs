//! A country that the set denies anyway.

use kyc_core::Country;

use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Level, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "denied-by-set",
    kind: Kind::Lint(Level::Warn),
    summary: "a country of the list is denied by the set",
    why: "The list says that the country is allowed, and it is not.",
    bad: r"# deny: [KP]
countries: [LT, KP]",
    good: "countries: [LT]",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let definition = context.written()?;
    let denied = definition.set.deny;
    for list in definition.written.country_lists.iter().filter(|list| list.key == "countries") {
        let all_denied = list.countries().is_subset(denied);
        for entry in list.entries.iter().filter(|entry| !entry.value.excluded && !entry.value.is_any()) {
            let hit: Vec<_> = (entry.value.countries & denied & list.countries()).iter().map(Country::code).collect();
            if hit.is_empty() || all_denied {
                continue;
            }
            let diagnostic = Diagnostic::new(
                &RULE,
                entry.loc,
                format!("the set denies {}: no document of it passes", hit.join(", ")),
            )
            .help("leave it out or exclude it, so that the list says what holds");
            findings.push(match definition.set.places.value("deny") {
                Some(loc) => diagnostic.related(loc, "denied here"),
                None => diagnostic,
            });
        }
    }
    Ok(())
}
