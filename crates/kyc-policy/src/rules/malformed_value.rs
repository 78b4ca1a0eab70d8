//! A value that cannot be read.

use crate::diagnostic::{Diagnostic, Severity, shown};
use crate::rules::Rule;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "malformed-value",
    severity: Severity::Error,
    summary: "a value cannot be read",
    why: "A date, a duration or an identifier of another form would be understood differently by different \
          readers.",
    bad: "token: { expires_in: 3600 }",
    good: "token: { expires_in: 1h }",
    check: None,
};

pub(crate) fn found(loc: Loc, key: &str, wanted: &str, text: &str) -> Diagnostic {
    Diagnostic::new(&RULE, loc, format!("`{key}` takes {wanted}, and not `{}`", shown(text)))
}
