//! A mandatory key that is missing.

use crate::diagnostic::{Diagnostic, Place};
use crate::field::MANDATORY;
use crate::rule::{Kind, Rule};
use crate::rules::Check;

pub(crate) static RULE: Rule = Rule {
    id: "missing-key",
    kind: Kind::Error,
    summary: "a mandatory key is missing",
    why: "Silence about countries, documents or the name would have to be read as something, and no \
          reading is safe.",
    bad: "name: shop",
    good: r"name: shop
countries: [LT]
documents: [PASSPORT]",
};

pub(crate) const CHECK: Option<Check> = None;

/// A key of the table of mandatory ones.
pub(crate) fn mandatory(place: impl Into<Place>, key: &str) -> Diagnostic {
    let help = MANDATORY.iter().find(|(mandatory, _)| *mandatory == key).map_or("", |(_, help)| *help);
    found(place, key, help)
}

pub(crate) fn found(place: impl Into<Place>, key: &str, help: &str) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("the key `{key}` is missing")).help(help)
}
