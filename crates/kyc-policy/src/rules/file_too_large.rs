//! A file larger than a policy can be.

use crate::diagnostic::{Diagnostic};
use crate::rule::{Kind, Rule};
use crate::read::MAX_BYTES;
use crate::rules::Check;
use crate::source::FileId;

pub(crate) static RULE: Rule = Rule {
    id: "file-too-large",
    kind: Kind::Error,
    summary: "the file is larger than 64 KiB",
    why: "A policy is read by people. A larger file is a mistake, or an attempt to make the reader work \
          for ever.",
    bad: "# 64 KiB of text …",
    good: "# a policy of one page",
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found(file: FileId) -> Diagnostic {
    Diagnostic::new(&RULE, file, format!("the file has more than {MAX_BYTES} bytes"))
        .help("a policy fits on a page: check that this is the file that you meant")
}
