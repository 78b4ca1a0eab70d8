//! More mistakes than anybody reads.

use crate::diagnostic::{Diagnostic, Place};
use crate::rule::{Kind, Rule};
use crate::rules::Check;

pub(crate) static RULE: Rule = Rule {
    id: "too-many-mistakes",
    kind: Kind::Error,
    summary: "there are more mistakes than are shown",
    why: "Showing thousands of mistakes costs time and tells nothing; the first ones usually explain the \
          rest.",
    bad: "documents: [X, X, X, … 300 times …]",
    good: "documents: [PASSPORT]",
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found(place: Place, dropped: usize) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("{dropped} further mistakes are not shown")).help("mend the first ones and check again")
}
