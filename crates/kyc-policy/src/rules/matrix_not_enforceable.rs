//! Rows that the vendor cannot be told.

use crate::client::ClientField;
use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Level, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "matrix-not-enforceable",
    kind: Kind::Lint(Level::Warn),
    summary: "rows differ by country, and the country is not known when the token is issued",
    why: "Without the country the vendor is told the union of the rows, so a document that the policy \
          refuses is captured first and refused afterwards.",
    bad: r"documents: { any: [PASSPORT], LT: [PASSPORT, ID_CARD] }
client: { accept: [document_country] }",
    good: r"documents: { any: [PASSPORT], LT: [PASSPORT, ID_CARD] }
client: { require: [document_country] }",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    context.written()?;
    context.need(&["documents", "client", "countries"])?;
    let sections = context.sections;
    let mut scopes: Vec<_> =
        sections.countries.effective().iter().filter_map(|country| sections.documents.row(country)).collect();
    scopes.dedup();
    let differ = scopes.len() > 1;
    if differ && !sections.client.require.contains(ClientField::DocumentCountry) {
        findings.push(
            Diagnostic::new(&RULE, context.key("documents"), "rows differ by country, and the country need not be known")
                .help("require the client field `document_country`; otherwise a document of another row is refused only after capture"),
        );
    }
    Ok(())
}
