//! A list of document types that allows none.

use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "documents-empty",
    kind: Kind::Error,
    summary: "a list of document types is empty",
    why: "An empty list reads as \"nothing\" to one program and as \"everything\" to another.",
    bad: "documents: []",
    good: "documents: any",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    for list in &context.written()?.written.document_lists {
        if list.entries.is_empty() && !list.is_partial {
            findings.push(
                Diagnostic::new(&RULE, list.loc, "the list of document types is empty")
                    .help("name the types, or write `any` if every document is meant"),
            );
        }
    }
    Ok(())
}
