//! A row for a country that is not allowed.

use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Rule, Severity};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "document-row-unreachable",
    severity: Severity::Error,
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
    for row in written.document_rows.iter().filter(|row| !allowed.contains(row.value)) {
        findings.push(
            Diagnostic::new(&RULE, row.loc, format!("`{}` is not among the countries of the policy", row.value))
                .related(context.value("countries"), "the countries")
                .help("add the country, or leave the row out"),
        );
    }
    Ok(())
}
