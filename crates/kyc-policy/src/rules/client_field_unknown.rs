//! A client field that does not exist.

use crate::client::ClientField;
use crate::diagnostic::{Diagnostic, Place};
use crate::rule::{Rule, Severity};
use crate::rules::Check;
use crate::suggest::did_you_mean;

pub(crate) static RULE: Rule = Rule {
    id: "client-field-unknown",
    severity: Severity::Error,
    summary: "a client field does not exist",
    why: "A misspelt field would not reach the vendor, and its check would not happen.",
    bad: "--set firstname=…",
    good: "--set first_name=…",
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found(key: &str) -> Diagnostic {
    let known = ClientField::ALL.iter().map(|field| field.as_str());
    // A long key may be a value that slipped: it is not repeated.
    let is_word = key.len() <= 40 && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if !is_word {
        return Diagnostic::new(&RULE, Place::ClientKey("?".to_owned()), "the client's data has a key that is no field name")
            .help("`kyc explain client-field-unknown` lists where fields come from");
    }
    let diagnostic =
        Diagnostic::new(&RULE, Place::ClientKey(key.to_owned()), format!("there is no client field `{key}`"));
    if key == "name" {
        return diagnostic.help("give `first_name`, `last_name` or both");
    }
    match did_you_mean(key, known) {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}
