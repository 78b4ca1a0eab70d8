//! Plain http to this machine.

use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Level, Rule};
use crate::rules::{Check, Context, Ran, malformed_url};

pub(crate) static RULE: Rule = Rule {
    id: "plain-http",
    kind: Kind::Lint(Level::Warn),
    summary: "an address uses plain http",
    why: "It works only on the machine of a developer, and the policy may be in use elsewhere.",
    bad: r#"redirect: { success: "http://localhost:3000/ok" }"#,
    good: r#"redirect: { success: "https://app.example.com/ok" }"#,
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    // For the webhook it is an error.
    for url in context.written()?.written.urls.iter().filter(|url| url.key != malformed_url::WEBHOOK) {
        if url.parsed.as_ref().is_ok_and(|(_, parsed)| !parsed.is_secure()) {
            findings.push(
                Diagnostic::new(&RULE, url.loc, format!("`{}` leads to this very machine by plain http", url.key))
                    .help("write the https address before the policy is used by others"),
            );
        }
    }
    Ok(())
}
