//! An e-ID in the list of documents.

use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "eid-among-documents",
    kind: Kind::Error,
    summary: "an e-ID stands among the documents",
    why: "An e-ID is not requested but chosen by the client; it is allowed by name, in a key of its own.",
    bad: "documents: [PASSPORT, SMART_ID]",
    good: r"documents: [PASSPORT]
eid: [SMART_ID]",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    for list in &context.written()?.written.document_lists {
        for entry in list.entries.iter().filter(|entry| entry.value.is_eid()) {
            findings.push(
                Diagnostic::new(&RULE, entry.loc, format!("`{}` is an e-ID and no document", entry.value))
                    .help(format!("list `{}` under the key `eid`", entry.value)),
            );
        }
    }
    Ok(())
}
