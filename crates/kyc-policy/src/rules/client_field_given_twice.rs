//! A client field given twice.

use crate::client::ClientField;
use crate::diagnostic::{Diagnostic};
use crate::rule::{Kind, Rule};
use crate::rules::Check;

pub(crate) static RULE: Rule = Rule {
    id: "client-field-given-twice",
    kind: Kind::Error,
    summary: "a client field is given twice",
    why: "Programs differ in which of the two they take.",
    bad: "--set first_name=… --set first_name=…",
    good: "--set first_name=…",
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found(field: ClientField) -> Diagnostic {
    Diagnostic::new(&RULE, field, format!("`{field}` is given twice")).help("give it once")
}
