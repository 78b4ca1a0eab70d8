//! Personal data that are to be erased before they may be.

use crate::diagnostic::Diagnostic;
use crate::retention::Retention;
use crate::rule::{Kind, Rule};
use crate::rules::Check;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "retention-order",
    kind: Kind::Error,
    summary: "personal data are to be erased earlier than they may be",
    why: "Until `retention.keep` has passed nobody may erase them, so the other date could not be kept.",
    bad: "retention: { keep: 5y, erase_after: 1y }",
    good: "retention: { keep: 5y, erase_after: 8y }",
};

pub(crate) const CHECK: Option<Check> = None;

/// The finding about `retention` with the places of its two values, if they contradict each other.
pub(crate) fn of(retention: Retention, keep_loc: Loc, erase_loc: Loc) -> Option<Diagnostic> {
    let (keep, erase_after) = (retention.keep?, retention.erase_after?);
    (keep.seconds() > erase_after.seconds()).then(|| {
        let message = format!("personal data are to be erased after {erase_after}, and kept for {keep}");
        Diagnostic::new(&RULE, erase_loc, message)
            .related(keep_loc, "kept for so long")
            .help(format!("let `retention.erase_after` be `{keep}` or more, or keep them for less"))
    })
}
