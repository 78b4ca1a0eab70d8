//! A `none` where nothing is inherited.

use crate::diagnostic::{Diagnostic, Findings, shown};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "unsets-nothing",
    kind: Kind::Error,
    summary: "`none` unsets a key that is not inherited",
    why: "Its author believes that the policy inherits the key, and that something is switched off.",
    bad: r"extends: baseline   # which says nothing of `age.max`
age: { max: none }",
    good: "extends: baseline",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let Some(heritage) = context.written()?.heritage else { return Ok(()) };
    for idle in heritage.idle {
        let message = format!("nothing of `{}` is inherited that `none` could unset", shown(&idle.key));
        findings.push(
            Diagnostic::new(&RULE, idle.loc, message)
                .related(heritage.extends, format!("inherited from `{}`", heritage.parent))
                .help("leave the key out, or say what it is"),
        );
    }
    Ok(())
}
