//! A group whose name means something else already.

use crate::diagnostic::{Diagnostic, shown};
use crate::rule::{Kind, Rule};
use crate::rules::Check;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "group-name-taken",
    kind: Kind::Error,
    summary: "the name of a group is taken or malformed",
    why: "A group named like a country, a built-in group or a word of the language would silently change \
          what lists mean.",
    bad: "groups: { EU: [LT, LV] }",
    good: "groups: { BALTICS: [EE, LT, LV] }",
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found(loc: Loc, name: &str) -> Diagnostic {
    Diagnostic::new(&RULE, loc, format!("`{}` cannot name a group", shown(name))).help(
        "write 3 to 32 capital letters, digits and underscores, beginning with a letter, that name no built-in group \
         (two letters would be a country)",
    )
}
