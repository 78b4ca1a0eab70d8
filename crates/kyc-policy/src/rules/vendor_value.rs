//! A value that has no exact form.

use crate::diagnostic::{Diagnostic, shown};
use crate::rule::{Kind, Rule};
use crate::rules::Check;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "vendor-value",
    kind: Kind::Error,
    summary: "a value in the escape hatch has no exact form",
    why: "Digests are taken over values; a fraction or a huge integer is rounded differently by different \
          programs.",
    bad: "vendor: { ratio: 0.1 }",
    good: r#"vendor: { ratio: "0.1" }"#,
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found(loc: Loc, text: &str) -> Diagnostic {
    let message = match text {
        "" => "the value is missing".to_owned(),
        text => format!("`{}` has no exact form", shown(text)),
    };
    Diagnostic::new(&RULE, loc, message)
        .help("write an integer from -2^53 to 2^53, `true`, `false`, `null`, a quoted text, a list or a map")
}
