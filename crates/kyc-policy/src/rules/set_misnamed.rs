//! Shared settings in a file of another name.

use crate::diagnostic::Diagnostic;
use crate::rule::{Kind, Rule};
use crate::rules::Check;
use crate::source::FileId;

pub(crate) static RULE: Rule = Rule {
    id: "set-misnamed",
    kind: Kind::Error,
    summary: "the shared settings stand in a file of another name",
    why: "The policies would be checked without the hosts, denied countries and demands that their author \
          thinks are in force.",
    bad: "policies/_set.yml",
    good: "policies/_set.yaml",
};

pub(crate) const CHECK: Option<Check> = None;

/// A file beside the policies that its author takes for the shared settings.
pub(crate) fn found(file: FileId) -> Diagnostic {
    Diagnostic::new(&RULE, file, "the shared settings are read from `_set.yaml` alone").help("rename the file to `_set.yaml`")
}
