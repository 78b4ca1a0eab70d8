//! The client's identifier in an address.

use crate::client::ClientField;
use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Level, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "client-id-in-url",
    kind: Kind::Lint(Level::Warn),
    summary: "an address carries the client's identifier",
    why: "It ends up in browser histories and in the logs of whoever serves the address.",
    bad: r#"redirect: { success: "https://app.example.com/{client_id}" }"#,
    good: r#"redirect: { success: "https://app.example.com/{external_ref}" }
client: { require: [external_ref] }"#,
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    context.written()?;
    for (key, url) in context.sections.redirect.templates() {
        if url.placeholders().any(|field| field == ClientField::ClientId) {
            findings.push(
                Diagnostic::new(&RULE, context.value(key), "the address carries the client's identifier into browser histories and logs")
                    .help("use `{external_ref}` with a reference made for this session"),
            );
        }
    }
    Ok(())
}
