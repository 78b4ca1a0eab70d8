//! A key that the set demands to be stated.

use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};
use crate::written::At;

pub(crate) static RULE: Rule = Rule {
    id: "must-state",
    kind: Kind::Error,
    summary: "the set demands that this key be stated",
    why: "An absent key leaves the decision to the switches of the account, which nobody reviews.",
    bad: r"# must_state: [checks.liveness]
checks: { aml: true }",
    good: "checks: { aml: true, liveness: true }",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let definition = context.written()?;
    for At { value: key, loc } in &definition.set.must_state {
        if definition.places.is_stated(key) || definition.places.is_broken(key) {
            continue;
        }
        let section = key.split_once('.').map_or("name", |(section, _)| section);
        let place = if definition.places.is_stated(section) { context.key(section) } else { context.key("name") };
        let diagnostic = Diagnostic::new(&RULE, place, format!("`{key}` is not stated, and the set demands it"))
            .help("state it, so that the switches of the account do not decide");
        findings.push(diagnostic.related(*loc, "demanded here"));
    }
    Ok(())
}
