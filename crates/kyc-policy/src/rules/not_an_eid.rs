//! A document in the list of e-IDs.

use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "not-an-eid",
    kind: Kind::Error,
    summary: "a document stands among the e-IDs",
    why: "The list of e-IDs only adds e-IDs and wallets to the documents.",
    bad: "eid: [PASSPORT]",
    good: "eid: [SMART_ID]",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    for entry in context.written()?.written.eid.iter().filter(|entry| !entry.value.is_eid()) {
        findings.push(
            Diagnostic::new(&RULE, entry.loc, format!("`{}` is no e-ID", entry.value))
                .help("list it under `documents`"),
        );
    }
    Ok(())
}
