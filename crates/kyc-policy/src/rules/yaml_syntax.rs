//! Text that is no YAML.

use crate::diagnostic::{Diagnostic};
use crate::rule::{Kind, Rule};
use crate::rules::Check;
use crate::source::Loc;
use crate::template::PLACEHOLDERS;

pub(crate) static RULE: Rule = Rule {
    id: "yaml-syntax",
    kind: Kind::Error,
    summary: "the file is not well-formed YAML",
    why: "Nothing behind the mistake can be understood, so only this one is reported.",
    bad: r"countries: [LT
documents: [PASSPORT]",
    good: r"countries: [LT]
documents: [PASSPORT]",
};

pub(crate) const CHECK: Option<Check> = None;

/// A syntax mistake at `loc`, where the text goes on with `rest`; `open` is the innermost bracket still open there.
pub(crate) fn found(loc: Loc, info: &str, rest: &str, open: Option<Loc>) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, loc, format!("not well-formed YAML: {}", plain(info)));
    let diagnostic = match open {
        Some(open) => diagnostic.related(open, "this bracket is still open"),
        None => diagnostic,
    };
    let is_placeholder = PLACEHOLDERS.iter().any(|field| rest.starts_with(&format!("{{{field}}}")));
    diagnostic.help(if is_placeholder {
        "quote an address that holds a placeholder: \"https://…/{external_ref}\""
    } else if open.is_some() {
        "close the bracket, or quote a text that holds brackets, braces or commas"
    } else {
        "check quotes, colons and indentation before this place; quote a text that begins with a mark"
    })
}

/// The parser's message, as ours are written.
fn plain(info: &str) -> String {
    let info = info.trim_end_matches('.').replace('`', "'");
    let mut chars = info.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
