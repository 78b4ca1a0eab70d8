//! A client field that does not exist.

use crate::client::ClientField;
use crate::diagnostic::{Diagnostic, Place};
use crate::rule::{Kind, Rule};
use crate::rules::Check;
use crate::suggest::nearest;

pub(crate) static RULE: Rule = Rule {
    id: "client-field-unknown",
    kind: Kind::Error,
    summary: "a client field does not exist",
    why: "A misspelt field would not reach the vendor, and its check would not happen.",
    bad: "--set firstname=…",
    good: "--set first_name=…",
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found(key: &str) -> Diagnostic {
    let known = ClientField::ALL.iter().map(|field| field.as_str());
    if key == "name" {
        return Diagnostic::new(&RULE, Place::ClientKey(key.to_owned()), "there is no client field `name`")
            .help("give `first_name`, `last_name` or both");
    }
    // A key that is near no field may be a value that slipped: it is not repeated.
    let Some(near) = nearest(key, known.clone()) else {
        let all: Vec<_> = known.map(|field| format!("`{field}`")).collect();
        return Diagnostic::new(&RULE, Place::ClientKey("?".to_owned()), "the client's data has a key that is no field")
            .help(format!("known fields: {}", all.join(", ")));
    };
    Diagnostic::new(&RULE, Place::ClientKey(key.to_owned()), format!("there is no client field `{key}`"))
        .help(format!("did you mean `{near}`?"))
}
