//! A birth or an issue in the future.

use crate::client::ClientField;
use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran, Skip};

pub(crate) static RULE: Rule = Rule {
    id: "date-in-future",
    kind: Kind::Error,
    summary: "a date lies in the future",
    why: "Nobody is born, and no document issued, after today.",
    bad: r#"{ "date_of_birth": "… tomorrow …" }"#,
    good: r#"{ "date_of_birth": "1990-05-15" }"#,
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let dates = [
        (ClientField::DateOfBirth, context.client(ClientField::DateOfBirth, |client| client.person.date_of_birth)),
        (ClientField::DateOfIssue, context.client(ClientField::DateOfIssue, |client| client.person.date_of_issue)),
    ];
    if dates.iter().any(|(_, date)| *date == Err(Skip::Waits)) {
        return Err(Skip::Waits);
    }
    for (field, date) in dates {
        let Ok(Some(date)) = date else { continue };
        if date.expose() > context.today()? {
            findings.push(Diagnostic::new(&RULE, field, format!("`{field}` lies in the future")).help("correct the date"));
        }
    }
    Ok(())
}
