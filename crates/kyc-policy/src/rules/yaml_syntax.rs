//! Text that is no YAML.

use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::Rule;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "yaml-syntax",
    severity: Severity::Error,
    summary: "the file is not well-formed YAML",
    why: "Nothing behind the mistake can be understood, so only this one is reported.",
    bad: "countries: [LT",
    good: "countries: [LT]",
    check: None,
};

pub(crate) fn found(loc: Loc, info: &str) -> Diagnostic {
    Diagnostic::new(&RULE, loc, format!("not well-formed YAML: {}", plain(info)))
        .help("check brackets, quotes, colons and indentation before this place")
}

/// The parser's message, as ours are written.
fn plain(info: &str) -> String {
    let info = info.trim_end_matches('.');
    let mut chars = info.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
