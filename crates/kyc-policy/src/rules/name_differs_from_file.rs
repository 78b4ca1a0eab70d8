//! A name that is not its file's.

use crate::diagnostic::{Diagnostic, Findings, shown};
use crate::rule::{Kind, Rule};
use crate::rules::malformed_name::is_policy_name;
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "name-differs-from-file",
    kind: Kind::Error,
    summary: "the name is not that of the file",
    why: "Services issue by name and people look up by file: both must find the same policy.",
    bad: r"# shop.yaml
name: store",
    good: r"# shop.yaml
name: shop",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let written = context.written()?.written;
    if let (Some(name), Some(stem)) = (&written.name, &written.file_stem)
        && name.value != *stem
        && is_policy_name(&name.value)
    {
        findings.push(
            Diagnostic::new(
                &RULE,
                name.loc,
                format!("the policy is named `{}`, and its file `{}.yaml`", name.value, shown(stem)),
            )
            .help("give both the same name"),
        );
    }
    Ok(())
}
