//! A required client field that is missing.

use crate::client::ClientField;
use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "client-field-missing",
    kind: Kind::Error,
    summary: "a client field is required and missing",
    why: "The policy compares it with the document; without it the check does not happen.",
    bad: r#"# client: { require: [date_of_birth] }
{ "client_id": "user-1" }"#,
    good: r#"{ "client_id": "user-1", "date_of_birth": "1990-05-15" }"#,
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let given = context.whole_client()?.given;
    let section = context.sections.client;
    for field in section.require.iter().filter(|field| !given.contains(*field)) {
        let diagnostic = Diagnostic::new(&RULE, field, format!("`{field}` is missing, and the policy requires it"));
        findings.push(match field {
            ClientField::ClientId => diagnostic.help("every token needs the caller's identifier of the client"),
            _ => diagnostic.related(context.value("client.require"), "required here"),
        });
    }
    if section.require_name && !given.contains(ClientField::FirstName) && !given.contains(ClientField::LastName) {
        findings.push(
            Diagnostic::new(&RULE, ClientField::FirstName, "a name is missing, and the policy requires one")
                .related(context.value("client.require"), "required here")
                .help("give `first_name`, `last_name` or both"),
        );
    }
    Ok(())
}
