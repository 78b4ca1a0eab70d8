//! Tabs outside quotes.

use crate::diagnostic::{Diagnostic};
use crate::rule::{Kind, Rule};
use crate::rules::Check;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "tab",
    kind: Kind::Error,
    summary: "a tab stands outside quotes",
    why: "Editors show tabs in different widths, and YAML gives them no place in indentation: two people \
          would see two structures.",
    bad: r"age:
	min: 18",
    good: r"age:
  min: 18",
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found(loc: Loc) -> Diagnostic {
    Diagnostic::new(&RULE, loc, "a tab may not stand outside quotes").help("use spaces")
}
