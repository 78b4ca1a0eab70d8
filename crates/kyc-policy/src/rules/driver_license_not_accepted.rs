//! Checks of a driving licence that is not accepted.

use kyc_core::{DocumentType, Flag};

use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Level, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "driver-license-not-accepted",
    kind: Kind::Lint(Level::Warn),
    summary: "a check is about driving licences, and the policy accepts none",
    why: "It never happens, though the policy reads as if it did.",
    bad: r"documents: [PASSPORT]
driver_license_back: true",
    good: r"documents: [PASSPORT, DRIVER_LICENSE]
driver_license_back: true",
};

pub(crate) const CHECK: Option<Check> = Some(check);

const CHECKS: [(Flag, &str); 2] =
    [(Flag::DriverLicenseBack, "driver_license_back"), (Flag::CheckDriverLicense, "checks.driver_license")];

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    context.written()?;
    context.need(&["documents", "countries"])?;
    let accepted = context.sections.documents.union(context.sections.countries).effective();
    let licences = [DocumentType::DriverLicense, DocumentType::ProvisionalDriverLicense];
    if licences.iter().any(|licence| accepted.contains(*licence)) {
        return Ok(());
    }
    for (flag, key) in CHECKS {
        if context.sections.flags.is_on(flag) {
            findings.push(
                Diagnostic::new(&RULE, context.value(key), format!("`{key}` is on, and no driving licence is accepted"))
                    .related(context.value("documents"), "the documents")
                    .help("add `DRIVER_LICENSE` to the documents, or write `false`"),
            );
        }
    }
    Ok(())
}
