//! A document that has expired.

use crate::client::ClientField;
use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "document-expired",
    kind: Kind::Error,
    summary: "the document has expired",
    why: "It could not be accepted; a document is valid through the printed day.",
    bad: r#"{ "date_of_expiry": "… yesterday …" }"#,
    good: r#"{ "date_of_expiry": "… today …" }"#,
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let expiry = context.client(ClientField::DateOfExpiry, |client| client.person.date_of_expiry)?;
    let Some(expiry) = expiry else { return Ok(()) };
    if expiry.expose() < context.today()? {
        findings.push(
            Diagnostic::new(&RULE, ClientField::DateOfExpiry, "the document has expired")
                .help("ask the client for a valid document"),
        );
    }
    Ok(())
}
