//! A client's value that the vendor would refuse.

use crate::client::ClientField;
use crate::diagnostic::{Diagnostic};
use crate::rule::{Kind, Rule};
use crate::rules::Check;

pub(crate) static RULE: Rule = Rule {
    id: "client-value-invalid",
    kind: Kind::Error,
    summary: "a client's value is malformed",
    why: "The vendor would refuse the request, or compare the document with something that it can never \
          match.",
    bad: "--set date_of_birth=15.05.1990",
    good: "--set date_of_birth=1990-05-15",
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found(field: ClientField, message: &str, help: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, field, format!("`{field}` {message}"));
    match help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}
