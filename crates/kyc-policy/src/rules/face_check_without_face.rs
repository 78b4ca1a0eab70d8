//! A face check on a session without a face.

use kyc_core::{Flag, TokenType};

use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "face-check-without-face",
    kind: Kind::Error,
    summary: "a check needs a selfie that the session does not take",
    why: "The vendor cannot perform it: the policy would promise what never happens.",
    bad: r"token: { type: DOCUMENT }
checks: { liveness: true }",
    good: r"token: { type: IDENTIFICATION }
checks: { liveness: true }",
};

pub(crate) const CHECK: Option<Check> = Some(check);

const FACE_CHECKS: [(Flag, &str); 3] = [
    (Flag::CheckLiveness, "checks.liveness"),
    (Flag::CheckFaceBlacklist, "checks.face_blacklist"),
    (Flag::CheckDuplicateFaces, "checks.duplicate_faces"),
];

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    context.written()?;
    context.need(&["token.type"])?;
    if context.sections.token.token_type != TokenType::Document {
        return Ok(());
    }
    for (flag, key) in FACE_CHECKS {
        if context.sections.flags.is_on(flag) {
            findings.push(
                Diagnostic::new(&RULE, context.value(key), format!("`{key}` needs a selfie, and a `DOCUMENT` session takes none"))
                    .related(context.value("token.type"), "the session")
                    .help("let `token.type` be `IDENTIFICATION`, or write `false` here"),
            );
        }
    }
    if context.sections.special.face_threshold.is_some() {
        findings.push(
            Diagnostic::new(&RULE, context.value("face_threshold"), "`face_threshold` needs a selfie, and a `DOCUMENT` session takes none")
                .related(context.value("token.type"), "the session")
                .help("let `token.type` be `IDENTIFICATION`, or leave the threshold out"),
        );
    }
    Ok(())
}
