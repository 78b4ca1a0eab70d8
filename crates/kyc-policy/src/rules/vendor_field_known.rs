//! A known parameter in the escape hatch.

use crate::diagnostic::{Diagnostic, shown};
use crate::rule::{Kind, Rule};
use crate::field::Field;
use crate::rules::Check;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "vendor-field-known",
    kind: Kind::Error,
    summary: "a parameter in the escape hatch is known, or known as legacy",
    why: "It would go around every rule of its own key, or be ignored by the vendor.",
    bad: "vendor: { checkAml: false }",
    good: "checks: { aml: false }",
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found(loc: Loc, name: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, loc, format!("`{}` may not stand in `vendor`", shown(name)));
    diagnostic.help(Field::home_of(name).unwrap_or_else(|| {
        "it belongs to an older or another form of the request, or is for tests only; leave it out".to_owned()
    }))
}
