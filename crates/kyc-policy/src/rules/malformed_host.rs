//! A host that is no plain host name.

use crate::diagnostic::{Diagnostic, shown};
use crate::rule::{Kind, Rule};
use crate::rules::Check;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "malformed-host",
    kind: Kind::Error,
    summary: "a host is not a plain host name",
    why: "Hosts are compared letter by letter with those in addresses, so they are written as addresses \
          write them.",
    bad: r#"hosts: ["https://app.example.com/"]"#,
    good: "hosts: [app.example.com]",
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found(loc: Loc, text: &str) -> Diagnostic {
    Diagnostic::new(&RULE, loc, format!("`{}` is not a host", shown(text)))
        .help("write a lower-case host name without scheme, path or wildcard, such as `app.example.com` or `localhost:3000`")
}
