//! A document type that never comes back.

use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "document-never-results",
    kind: Kind::Error,
    summary: "a document type never comes back as a result",
    why: "Policies speak of what results carry. A type that no result carries would refuse everybody.",
    bad: "documents: [INTERNATIONAL_PASSPORT]",
    good: "documents: [PASSPORT]",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    for list in &context.written()?.written.document_lists {
        for entry in list.entries.iter().filter(|entry| !entry.value.can_result()) {
            let carried: Vec<_> = entry.value.comes_back_as().iter().map(|document| format!("`{document}`")).collect();
            findings.push(
                Diagnostic::new(&RULE, entry.loc, format!("`{}` never comes back as a result", entry.value))
                    .help(format!("write {}, which is what results carry", carried.join(" or "))),
            );
        }
    }
    Ok(())
}
