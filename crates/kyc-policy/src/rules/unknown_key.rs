//! A key that is not part of the language.

use crate::diagnostic::{Diagnostic, shown};
use crate::field::Field;
use crate::rule::{Kind, Rule};
use crate::rules::Check;
use crate::source::Loc;
use crate::set_field::SetField;
use crate::suggest::did_you_mean;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-key",
    kind: Kind::Error,
    summary: "a key is not part of the policy language",
    why: "A misspelt key that was ignored would leave the rule out that its author thinks is in force.",
    bad: "contries: [LT]",
    good: "countries: [LT]",
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found<'a>(
    loc: Loc,
    key: &str,
    section: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, loc, message(key, section));
    let help = Field::home_of(key)
        .or_else(|| elsewhere(key, section, known.clone()))
        .or_else(|| did_you_mean(key, known))
        .unwrap_or_else(|| "`kyc new NAME` writes a policy with the usual keys".to_owned());
    diagnostic.help(help)
}

/// A key of the other kind of file at its top level.
fn elsewhere<'a>(key: &str, section: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    if !section.is_empty() {
        return None;
    }
    let in_set = known.into_iter().any(|known| known == "hosts");
    if in_set && Field::find(key).is_some() {
        return Some(format!("`{key}` belongs in a policy; `_set.yaml` holds what all policies share"));
    }
    (!in_set && SetField::keys_under("").any(|known| known == key)).then(|| format!("`{key}` belongs in `_set.yaml`, which all policies share"))
}

/// An unknown key of a document that is neither a policy nor a set.
pub(crate) fn beside_policies<'a>(
    loc: Loc,
    key: &str,
    section: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, loc, message(key, section));
    match did_you_mean(key, known) {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

fn message(key: &str, section: &str) -> String {
    match section {
        "" => format!("unknown key `{}`", shown(key)),
        section => format!("unknown key `{}` in `{section}`", shown(key)),
    }
}
