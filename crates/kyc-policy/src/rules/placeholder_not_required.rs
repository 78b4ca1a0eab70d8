//! A placeholder for a value that may be missing.

use crate::client::ClientFields;
use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "placeholder-not-required",
    kind: Kind::Error,
    summary: "a placeholder stands for a field that need not be given",
    why: "Without the value the address would have a hole.",
    bad: r#"redirect: { success: "https://app.example.com/{external_ref}" }"#,
    good: r#"redirect: { success: "https://app.example.com/{external_ref}" }
client: { require: [external_ref] }"#,
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    context.written()?;
    context.need(&["client", "redirect"])?;
    for (key, url) in context.sections.redirect.templates() {
        let used = url.placeholders().fold(ClientFields::EMPTY, ClientFields::with);
        for field in used.iter().filter(|field| !context.sections.client.require.contains(*field)) {
            findings.push(
                Diagnostic::new(&RULE, context.value(key), format!("`{{{field}}}` is a field that need not be given"))
                    .help(format!("require the client field `{field}`")),
            );
        }
    }
    Ok(())
}
