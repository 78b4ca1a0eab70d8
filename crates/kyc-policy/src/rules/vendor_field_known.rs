//! A known parameter in the escape hatch.

use kyc_core::wire::WireField;

use crate::diagnostic::{Diagnostic, shown};
use crate::rule::{Rule, Severity};
use crate::field::FIELDS;
use crate::rules::Check;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "vendor-field-known",
    severity: Severity::Error,
    summary: "a parameter in the escape hatch is known, or known as legacy",
    why: "It would go around every rule of its own key, or be ignored by the vendor.",
    bad: "vendor: { checkAml: false }",
    good: "checks: { aml: false }",
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found(loc: Loc, name: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, loc, format!("`{}` may not stand in `vendor`", shown(name)));
    match WireField::from_name(name).and_then(home) {
        Some(key) => diagnostic.help(format!("write it as `{key}`")),
        None => diagnostic.help("it belongs to an older or another form of the request, or is for tests only; leave it out"),
    }
}

/// The key that decides the parameter.
fn home(wire: WireField) -> Option<&'static str> {
    FIELDS.iter().find(|field| field.wire.contains(&wire)).map(|field| field.key)
}
