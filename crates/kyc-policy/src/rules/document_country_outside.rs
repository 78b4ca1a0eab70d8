//! A document of a country that is not allowed.

use crate::client::ClientField;
use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "document-country-outside",
    kind: Kind::Error,
    summary: "the document country is not among those of the policy",
    why: "The document could not be accepted.",
    bad: r#"# countries: [LT]
{ "document_country": "LV" }"#,
    good: r#"{ "document_country": "LT" }"#,
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let country = context.client(ClientField::DocumentCountry, |client| client.document_country)?;
    if country.is_some_and(|country| !context.sections.countries.effective().contains(*country.expose())) {
        findings.push(
            Diagnostic::new(&RULE, ClientField::DocumentCountry, "`document_country` is not among the countries of the policy")
                .related(context.value("countries"), "the countries")
                .help("no token is issued; ask the client for another document, or use another policy"),
        );
    }
    Ok(())
}
