//! YAML merge keys.

use crate::diagnostic::{Diagnostic};
use crate::rule::{Kind, Rule};
use crate::rules::Check;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "merge-key",
    kind: Kind::Error,
    summary: "a merge key is used",
    why: "Keys that come from elsewhere cannot be reviewed where they count.",
    bad: "<<: *base",
    good: "# write the keys out",
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found(loc: Loc) -> Diagnostic {
    Diagnostic::new(&RULE, loc, "merge keys (`<<`) are not part of the policy language").help("write the keys out")
}
