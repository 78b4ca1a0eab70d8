//! Control characters, which readers treat differently.

use crate::diagnostic::{Diagnostic};
use crate::rule::{Kind, Rule};
use crate::rules::Check;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "control-character",
    kind: Kind::Error,
    summary: "the file holds a control character",
    why: "A NUL ends the file for some programs and not for others, so two readers would see two policies.",
    bad: r#"description: "a<NUL>b""#,
    good: r#"description: "ab""#,
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found(loc: Loc, character: char) -> Diagnostic {
    let code = u32::from(character);
    Diagnostic::new(&RULE, loc, format!("the control character U+{code:04X} may not stand in a policy"))
        .help("delete it; lines end with LF or CRLF")
}
