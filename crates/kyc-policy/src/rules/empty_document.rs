//! A file without a document.

use crate::diagnostic::{Diagnostic};
use crate::rule::{Kind, Rule};
use crate::rules::Check;
use crate::source::FileId;

pub(crate) static RULE: Rule = Rule {
    id: "empty-document",
    kind: Kind::Error,
    summary: "the file holds nothing",
    why: "A file that says nothing is no policy, and skipping it would hide that one is missing.",
    bad: "# nothing but comments",
    good: r"name: shop
countries: [LT]
documents: [PASSPORT]",
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found(file: FileId) -> Diagnostic {
    Diagnostic::new(&RULE, file, "the file holds nothing but white space and comments")
        .help("`kyc new NAME` writes a policy to begin with; a `_set.yaml` that says nothing can be deleted")
}
