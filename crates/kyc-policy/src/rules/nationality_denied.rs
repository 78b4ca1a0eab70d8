//! A nationality that the policy denies.

use crate::client::ClientField;
use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "nationality-denied",
    kind: Kind::Error,
    summary: "the nationality is one that the policy denies",
    why: "The result would be outside the policy.",
    bad: r#"# nationality: { deny: [KP] }
{ "nationality": "KP" }"#,
    good: r#"{ "nationality": "LT" }"#,
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let nationality = context.client(ClientField::Nationality, |client| client.person.nationality)?;
    if nationality.is_some_and(|country| context.sections.nationality.deny.contains(*country.expose())) {
        findings.push(
            Diagnostic::new(&RULE, ClientField::Nationality, "`nationality` is one that the policy denies")
                .related(context.value("nationality.deny"), "denied here")
                .help("no token is issued"),
        );
    }
    Ok(())
}
