//! A session length at the edge of the bounds.

use kyc_core::SessionLength;

use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Level, Rule};
use crate::duration::Duration;
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "session-length-at-edge",
    kind: Kind::Lint(Level::Warn),
    summary: "the session length is exactly at the edge of the bounds",
    why: "The vendor's older documents exclude both ends, so an older installation may refuse it.",
    bad: "token: { session_length: 1h }",
    good: "token: { session_length: 59m }",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    context.written()?;
    context.need(&["token.session_length"])?;
    let length = context.sections.token.session_length;
    if length == SessionLength::MIN || length == SessionLength::MAX {
        let written = Duration::from_seconds(length.get());
        findings.push(
            Diagnostic::new(&RULE, context.value("token.session_length"), format!("{written} is exactly at the edge of what the vendor takes"))
                .help("older vendor documents exclude both ends: write more than 60s and less than 1h"),
        );
    }
    Ok(())
}
