//! Leave to be looser that has ended.

use crate::diagnostic::{Diagnostic, Findings, Place};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "loosening-expired",
    kind: Kind::Error,
    summary: "the policy may no longer be looser than the one that it extends",
    why: "An exception was approved for a time, and nobody has approved it for longer.",
    bad: "loosen: { age: { reason: Youth accounts., until: 2020-01-01 } }",
    good: "loosen: { age: { reason: Youth accounts., until: 2030-01-01 } }",
};

pub(crate) const CHECK: Option<Check> = Some(check);

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let governance = &context.sections.governance;
    let (loosen, inherited) = (&governance.special.loosen, &governance.special.inherited_loosen);
    if loosen.is_empty() && inherited.is_empty() {
        return Ok(());
    }
    let today = context.today()?;
    let help = "make it as tight as in the policy that is extended, or have the exception approved anew";
    for one in loosen.iter().filter(|one| one.until < today) {
        let place = Place::Policy(format!("loosen.{}.until", one.key).into());
        let message = format!("`{}` was allowed to be looser until {}", one.key, one.until);
        findings.push(
            Diagnostic::new(&RULE, place, message)
                .help(help),
        );
    }
    for one in inherited.iter().filter(|one| one.until < today) {
        let message = format!(
            "`{}` is inherited from a policy that was allowed to be looser until {}",
            one.key, one.until
        );
        findings.push(Diagnostic::new(&RULE, Place::Policy("extends".into()), message).help(help));
    }
    Ok(())
}
