//! A token that ends before its session could.

use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Level, Rule};
use crate::duration::Duration;
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "expiry-below-session",
    kind: Kind::Lint(Level::Warn),
    summary: "the token expires before a session could end",
    why: "The unused token would be gone before a session of full length could have begun and ended; the \
          two may be swapped.",
    bad: "token: { expires_in: 1m, session_length: 10m }",
    good: "token: { expires_in: 1h, session_length: 10m }",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    context.written()?;
    context.need(&["token"])?;
    let token = context.sections.token;
    if token.expires_in.get() < token.session_length.get() {
        let (expires, session) =
            (Duration::from_seconds(token.expires_in.get()), Duration::from_seconds(token.session_length.get()));
        findings.push(
            Diagnostic::new(
                &RULE,
                context.value("token.expires_in"),
                format!("the token expires in {expires}, before a session of {session} could end"),
            )
            .help("check that the two are not swapped"),
        );
    }
    Ok(())
}
