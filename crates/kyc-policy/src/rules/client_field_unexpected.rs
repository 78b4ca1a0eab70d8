//! A client field that the policy does not take.

use crate::client::{ClientField, ClientFields};
use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "client-field-unexpected",
    kind: Kind::Error,
    summary: "a client field is given that the policy does not take",
    why: "What the policy does not ask for must not be sent: it would be personal data without a purpose.",
    bad: r#"# client: { require: [date_of_birth] }
{ "client_id": "user-1", "address": "…" }"#,
    good: r#"{ "client_id": "user-1", "date_of_birth": "1990-05-15" }"#,
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let given = context.whole_client()?.given;
    let taken = context.fields();
    for field in given.iter().filter(|field| !taken.contains(*field)) {
        let all: Vec<_> = taken.iter().map(|field| format!("`{field}`")).collect();
        let diagnostic = Diagnostic::new(&RULE, field, format!("the policy does not take `{field}`"))
            .help(format!("leave it out; this policy takes {}", all.join(", ")));
        let has_section = taken != ClientFields::EMPTY.with(ClientField::ClientId);
        findings.push(if has_section {
            diagnostic.related(context.key("client"), "what the policy takes")
        } else {
            diagnostic
        });
    }
    Ok(())
}
