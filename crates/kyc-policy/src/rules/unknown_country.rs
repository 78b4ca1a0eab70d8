//! A word that is neither a country nor a group.

use kyc_core::Country;

use crate::diagnostic::{Diagnostic, shown};
use crate::rule::{Kind, Rule};
use crate::rules::Check;
use crate::source::Loc;
use crate::suggest::nearest;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-country",
    kind: Kind::Error,
    summary: "a word is neither a country code nor a group",
    why: "A code that the vendor does not know would be refused with every token, or ignored.",
    bad: "countries: [UK]",
    good: "countries: [GB]",
};

pub(crate) const CHECK: Option<Check> = None;

/// Codes that people write for a country that has another one.
const USUAL_SLIPS: [(&str, &str); 4] = [("UK", "GB"), ("EL", "GR"), ("SU", "RU"), ("EN", "GB")];

/// A key of a table by country that is no country: groups would overlap, so rows take none.
pub(crate) fn in_table(loc: Loc, word: &str, groups: &[&str]) -> Diagnostic {
    let diagnostic = found(loc, word, &[]);
    if groups.contains(&word) {
        diagnostic.help("rows are for single countries, since groups overlap: write one row for each country")
    } else {
        diagnostic
    }
}

pub(crate) fn found(loc: Loc, word: &str, groups: &[&str]) -> Diagnostic {
    let what = if groups.is_empty() { "a country code" } else { "a country code or a group" };
    let diagnostic = Diagnostic::new(&RULE, loc, format!("`{}` is not {what}", shown(word)));
    diagnostic.help(help(word, groups))
}

fn help(word: &str, groups: &[&str]) -> String {
    let upper = word.to_uppercase();
    if upper == "ANY" {
        return "every country is written `any`".to_owned();
    }
    if let Some((_, code)) = USUAL_SLIPS.iter().find(|(slip, _)| *slip == upper) {
        return format!("the ISO 3166-1 code is `{code}`");
    }
    if upper != word && (upper.parse::<Country>().is_ok() || groups.contains(&upper.as_str())) {
        return format!("codes are written in capitals: `{upper}`");
    }
    if let Some(country) = Country::all().find(|country| country.name().eq_ignore_ascii_case(word)) {
        return format!("the code of {} is `{country}`", country.name());
    }
    let list = groups.iter().map(|group| format!("`{group}`")).collect::<Vec<_>>().join(", ");
    let near = if word.len() > 2 { nearest(word, groups.iter().copied()) } else { None };
    match near {
        Some(near) => format!("did you mean `{near}`?"),
        _ if groups.is_empty() => "write ISO 3166-1 alpha-2 codes, such as `LT`".to_owned(),
        _ => format!("write ISO 3166-1 alpha-2 codes, such as `LT`, or a group: {list} (`groups` in `_set.yaml` adds more)"),
    }
}
