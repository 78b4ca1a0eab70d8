//! A field that is both fixed and per client.

use crate::client::ClientField;
use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};
use crate::written::ClientWord;

pub(crate) static RULE: Rule = Rule {
    id: "client-field-fixed",
    kind: Kind::Error,
    summary: "a field is fixed by the policy and named per client",
    why: "A caller could override what the policy fixes.",
    bad: r"locale: lt
client: { accept: [locale] }",
    good: "client: { accept: [locale] }",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let definition = context.written()?;
    let written = definition.written;
    if !definition.places.is_stated("locale") {
        return Ok(());
    }
    let words = written.client_require.iter().chain(&written.client_accept);
    for word in words.filter(|word| word.value == ClientWord::Field(ClientField::Locale)) {
        findings.push(
            Diagnostic::new(&RULE, word.loc, "`locale` is fixed by the policy and cannot also be per client")
                .related(context.value("locale"), "fixed here")
                .help("keep one of them"),
        );
    }
    Ok(())
}
