//! A word that a key does not know.

use crate::diagnostic::{Diagnostic, shown};
use crate::rule::{Kind, Rule};
use crate::rules::Check;
use crate::source::Loc;
use crate::suggest::did_you_mean;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-word",
    kind: Kind::Error,
    summary: "a word is not one that the key takes",
    why: "A misspelt word cannot be enforced.",
    bad: "documents: [PASPORT]",
    good: "documents: [PASSPORT]",
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found<'a>(
    loc: Loc,
    word: &str,
    what: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, loc, format!("`{}` is not {what}", shown(word)));
    match did_you_mean(word, known) {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}
