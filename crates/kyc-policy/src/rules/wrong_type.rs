//! A value of the wrong kind.

use crate::diagnostic::{Diagnostic};
use crate::field::Field;
use crate::rule::{Kind, Rule};
use crate::rules::Check;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "wrong-type",
    kind: Kind::Error,
    summary: "a value is of the wrong kind",
    why: "Guessing what was meant would put words into the mouth of the author.",
    bad: "age: 18",
    good: "age: { min: 18 }",
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found(loc: Loc, key: &str, wanted: &str, given: &str) -> Diagnostic {
    let diagnostic = beside_policies(loc, key, wanted, given);
    let keys: Vec<_> = Field::keys_under(key).map(|key| format!("`{key}`")).collect();
    if key.is_empty() || keys.is_empty() {
        return diagnostic;
    }
    diagnostic.help(format!("it is a section with the keys {}", keys.join(", ")))
}

/// A value of a document that is neither a policy nor a set.
pub(crate) fn beside_policies(loc: Loc, key: &str, wanted: &str, given: &str) -> Diagnostic {
    let subject = if key.is_empty() { "the file".to_owned() } else { format!("`{key}`") };
    Diagnostic::new(&RULE, loc, format!("{subject} takes {wanted}, and this is {given}"))
}
