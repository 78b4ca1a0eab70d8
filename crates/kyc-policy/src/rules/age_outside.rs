//! A client too young or too old.

use crate::client::ClientField;
use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "age-outside",
    kind: Kind::Error,
    summary: "the client is outside the age bounds",
    why: "The session would be paid for and could not be accepted.",
    bad: r#"# age: { min: 18 }
{ "date_of_birth": "… 17 years ago …" }"#,
    good: r#"# age: { min: 18 }
{ "date_of_birth": "… 18 years ago …" }"#,
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let born = context.client(ClientField::DateOfBirth, |client| client.person.date_of_birth)?;
    context.need(&["age"])?;
    let bounds = context.sections.age;
    let Some(born) = born else { return Ok(()) };
    let today = context.today()?;
    if born.expose() > today {
        // Reported as a date in the future.
        return Ok(());
    }
    let age = u32::try_from(born.age_on(today)).unwrap_or(0);
    let outside = if bounds.min().is_some_and(|min| age < min.get()) {
        Some(("younger than the policy allows", "age.min", "the youngest age"))
    } else if bounds.max().is_some_and(|max| age > max.get()) {
        Some(("older than the policy allows", "age.max", "the oldest age"))
    } else {
        None
    };
    if let Some((message, key, bound)) = outside {
        findings.push(
            Diagnostic::new(&RULE, ClientField::DateOfBirth, format!("the client is {message}"))
                .related(context.value(key), bound)
                .help("no token is issued; tell the client, or use another policy"),
        );
    }
    Ok(())
}
