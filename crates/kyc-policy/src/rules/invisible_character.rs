//! Characters that hide or reorder text.

use crate::diagnostic::{Diagnostic};
use crate::rule::{Kind, Level, Rule};
use crate::rules::Check;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "invisible-character",
    kind: Kind::Lint(Level::Warn),
    summary: "the file holds an invisible character",
    why: "Invisible and bidirectional characters make a reviewer read something else than the program \
          does.",
    bad: r#"description: "safe<U+202E>""#,
    good: r#"description: "safe""#,
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found(loc: Loc, character: char) -> Diagnostic {
    let code = u32::from(character);
    Diagnostic::new(&RULE, loc, format!("the invisible character U+{code:04X} stands here"))
        .help("delete it, unless the text needs it")
}
