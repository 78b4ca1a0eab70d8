//! A file in the folder that is not read.

use crate::diagnostic::{Diagnostic};
use crate::rule::{Kind, Level, Rule};
use crate::rules::Check;
use crate::source::FileId;

pub(crate) static RULE: Rule = Rule {
    id: "file-ignored",
    kind: Kind::Lint(Level::Warn),
    summary: "a file of the folder is not read",
    why: "A policy in a file of another name is not in force, though its author may think so.",
    bad: "policies/shop.yml",
    good: "policies/shop.yaml",
};

pub(crate) const CHECK: Option<Check> = None;

/// A file beside the policies whose name is not one that is read.
pub(crate) fn found(file: FileId, name: &str) -> Diagnostic {
    let file_name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let reason = if file_name.starts_with('_') {
        "policies do not begin with `_`"
    } else {
        "policies end in `.yaml`, in lower case"
    };
    Diagnostic::new(&RULE, file, format!("the file is not read: {reason}")).help("rename the file or move it away")
}
