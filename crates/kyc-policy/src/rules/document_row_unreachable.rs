//! A row for a country that is not allowed.

use kyc_core::CountrySet;

use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};
use crate::sections::Countries;

pub(crate) static RULE: Rule = Rule {
    id: "document-row-unreachable",
    kind: Kind::Error,
    summary: "a row is about a country that the policy does not allow",
    why: "Its author believes that the country is allowed.",
    bad: r"countries: [LT]
documents: { any: [PASSPORT], LV: [ID_CARD] }",
    good: r"countries: [LT, LV]
documents: { any: [PASSPORT], LV: [ID_CARD] }",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let written = context.written()?.written;
    context.need(&["countries"])?;
    let allowed = context.sections.countries.effective();
    if allowed.is_empty() {
        // Said by the rule about countries; every row would only repeat it.
        return Ok(());
    }
    for row in written.document_rows.iter().filter(|row| !allowed.contains(row.value)) {
        findings.push(
            Diagnostic::new(&RULE, row.loc, format!("`{}` is not among the countries of the policy", row.value))
                .related(context.value("countries"), "the countries")
                .help("add the country, or leave the row out"),
        );
    }
    let rows: CountrySet = written.document_rows.iter().map(|row| row.value).collect();
    if let (Some(any), Countries::Listed(listed)) = (written.document_any_row, context.sections.countries)
        && !written.document_rows.is_empty()
        && listed.is_subset(rows)
        && context.sections.documents.default.is_some_and(|row| !row.effective().is_empty())
    {
        findings.push(
            Diagnostic::new(&RULE, any, "no country is left for the row `any`: each has a row of its own")
                .related(context.value("countries"), "the countries")
                .help("leave the row out"),
        );
    }
    Ok(())
}
