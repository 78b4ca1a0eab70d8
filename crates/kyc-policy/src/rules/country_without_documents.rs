//! An allowed country without a document.

use kyc_core::{Country, CountrySet};

use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "country-without-documents",
    kind: Kind::Error,
    summary: "a country of the policy has no document type",
    why: "The policy allows the country and nothing that could be shown.",
    bad: r"countries: [LT, LV]
documents: { LT: [ID_CARD] }",
    good: r"countries: [LT, LV]
documents: { any: [PASSPORT], LT: [ID_CARD] }",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let written = context.written()?.written;
    context.need(&["countries", "documents"])?;
    let Some(table) = written.table_without_default else { return Ok(()) };
    let rows: CountrySet = written.document_rows.iter().map(|row| row.value).collect();
    let missing = context.sections.countries.effective() - rows;
    if !missing.is_empty() {
        let first: Vec<_> = missing.iter().take(5).map(Country::code).collect();
        let more = missing.len().saturating_sub(first.len());
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        findings.push(
            Diagnostic::new(&RULE, table, format!("no document type for {}{more}", first.join(", ")))
                .help("add a row `any` for all other countries"),
        );
    }
    Ok(())
}
