//! A lifetime above the ceiling of the set.

use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::duration::Duration;
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "ceiling-exceeded",
    kind: Kind::Error,
    summary: "a lifetime is above the ceiling of the set",
    why: "The longer a token or a session lives, the longer a stolen one is of use.",
    bad: r"# ceilings: { expires_in: 24h }
token: { expires_in: 2d }",
    good: "token: { expires_in: 24h }",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let definition = context.written()?;
    let (set, token) = (definition.set, context.sections.token);
    let lifetimes = [
        ("token.expires_in", token.expires_in.get(), set.max_expires_in, "ceilings.expires_in"),
        ("token.session_length", token.session_length.get(), set.max_session_length, "ceilings.session_length"),
    ];
    for (key, seconds, ceiling, ceiling_key) in lifetimes {
        let Some(ceiling) = ceiling else { continue };
        if u64::from(seconds) <= ceiling.seconds() || definition.places.is_broken(key) {
            continue;
        }
        let given = Duration::from_seconds(seconds);
        let diagnostic = Diagnostic::new(
            &RULE,
            context.value(key),
            format!("`{key}` is {given}, above the ceiling of {ceiling}"),
        )
        .help(format!("write at most `{ceiling}`"));
        findings.push(match set.places.value(ceiling_key) {
            Some(loc) => diagnostic.related(loc, "the ceiling of the set"),
            None => diagnostic,
        });
    }
    Ok(())
}
