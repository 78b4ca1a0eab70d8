//! YAML anchors and aliases.

use crate::diagnostic::{Diagnostic};
use crate::rule::{Kind, Rule};
use crate::rules::Check;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "anchor-or-alias",
    kind: Kind::Error,
    summary: "an anchor or alias is used",
    why: "A value that is written elsewhere cannot be reviewed where it counts, and a difference in one \
          place would change many.",
    bad: "documents: *common",
    good: "documents: [PASSPORT, ID_CARD]",
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found(loc: Loc) -> Diagnostic {
    Diagnostic::new(&RULE, loc, "anchors (`&`) and aliases (`*`) are not part of the policy language")
        .help("write the value out, or name a group of countries in `_set.yaml`; quote a text that begins with `&` or `*`")
}
