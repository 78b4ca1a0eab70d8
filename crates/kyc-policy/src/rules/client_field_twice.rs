//! A client field named twice.

use crate::client::ClientField;
use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};
use crate::written::ClientWord;

pub(crate) static RULE: Rule = Rule {
    id: "client-field-twice",
    kind: Kind::Error,
    summary: "a client field is named twice",
    why: "Whether the field must or may be given would depend on which of the two is read.",
    bad: "client: { require: [name], accept: [first_name] }",
    good: "client: { require: [name] }",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let written = context.written()?.written;
    let all: Vec<_> = written.client_require.iter().chain(&written.client_accept).collect();
    for (index, word) in all.iter().enumerate() {
        if let Some(first) = all.iter().take(index).find(|earlier| overlap(earlier.value, word.value)) {
            findings.push(
                Diagnostic::new(&RULE, word.loc, format!("`{}` is named already", word.value.as_str()))
                    .related(first.loc, "named here")
                    .help("`require` implies `accept`; `name` stands for `first_name` and `last_name`"),
            );
        }
    }
    Ok(())
}

fn overlap(a: ClientWord, b: ClientWord) -> bool {
    use ClientField::{FirstName, LastName};
    let is_name = |word| matches!(word, ClientWord::Field(FirstName | LastName));
    a == b || (a == ClientWord::Name && is_name(b)) || (b == ClientWord::Name && is_name(a))
}
