//! A required questionnaire that is not named.

use kyc_core::Questionnaire;

use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "questionnaire-required-without-one",
    kind: Kind::Error,
    summary: "a questionnaire is required and none is named",
    why: "Which questions must be answered would be left to the account.",
    bad: "questionnaire_required: true",
    good: r"questionnaire: onboarding-v2
questionnaire_required: true",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let written = context.written()?.written;
    context.need(&["questionnaire"])?;
    if let Some(loc) = written.questionnaire_required
        && !matches!(context.sections.questionnaire, Questionnaire::Key { .. })
    {
        findings.push(
            Diagnostic::new(&RULE, loc, "`questionnaire_required` needs a `questionnaire`")
                .help("name the questionnaire by its key, or leave `questionnaire_required` out"),
        );
    }
    Ok(())
}
