//! A client identifier that looks like an e-mail address.

use crate::client::ClientField;
use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "client-id-is-email",
    kind: Kind::Notice,
    summary: "the client identifier looks like an e-mail address",
    why: "It is sent to the vendor, echoed in results and kept in logs: an identifier should name nobody.",
    bad: "--client-id john@example.com",
    good: "--client-id user-123",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let client_id = context.client(ClientField::ClientId, |client| client.client_id.as_ref())?;
    let looks_like_email = |text: &str| text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    if client_id.is_some_and(|client_id| looks_like_email(client_id.expose())) {
        findings.push(
            Diagnostic::new(&RULE, ClientField::ClientId, "`client_id` looks like an e-mail address")
                .help("use an identifier that names nobody, such as a random one of your own"),
        );
    }
    Ok(())
}
