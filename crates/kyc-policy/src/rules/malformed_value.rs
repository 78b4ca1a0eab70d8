//! A value that cannot be read.

use crate::diagnostic::{Diagnostic, shown};
use crate::duration::Duration;
use crate::rule::{Kind, Rule};
use crate::rules::Check;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "malformed-value",
    kind: Kind::Error,
    summary: "a value cannot be read",
    why: "A date, a duration or an identifier of another form would be understood differently by different \
          readers.",
    bad: "token: { expires_in: 3600 }",
    good: "token: { expires_in: 1h }",
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found(loc: Loc, key: &str, wanted: &str, text: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, loc, format!("`{key}` takes {wanted}, and not `{}`", shown(text)));
    match suggestion(key, wanted, text) {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// What the author of a usual slip meant.
fn suggestion(key: &str, wanted: &str, text: &str) -> Option<String> {
    let lower = text.trim_matches('"').to_ascii_lowercase();
    if wanted.contains("`true`") {
        return match lower.as_str() {
            "true" | "yes" | "on" | "1" | "y" => Some("write `true`".to_owned()),
            "false" | "no" | "off" | "0" | "n" => Some("write `false`".to_owned()),
            _ => None,
        };
    }
    if wanted.contains("one unit") {
        let counts_days = key.contains("remaining") || key.contains("reverify");
        if counts_days && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(format!("if days are meant, write `{text}d`"));
        }
        if counts_days {
            return Some("write one number and one unit: `30d` or `5y`".to_owned());
        }
        if let Ok(seconds) = text.parse::<u32>() {
            return Some(format!("if seconds are meant, write `{}`", Duration::from_seconds(seconds)));
        }
        let has_two_units = text.starts_with(|c: char| c.is_ascii_digit())
            && text.matches(|c: char| c.is_ascii_alphabetic()).count() > 1;
        return has_two_units.then(|| "write one number and one unit: `90m` for an hour and a half".to_owned());
    }
    None
}
