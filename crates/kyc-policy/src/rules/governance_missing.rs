//! Governance that the set demands and the policy does not give.

use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};
use crate::written::At;

pub(crate) static RULE: Rule = Rule {
    id: "governance-missing",
    kind: Kind::Error,
    summary: "the set demands this key",
    why: "Whoever approves a policy must see who answers for it and why it is so.",
    bad: r"name: shop
countries: [LT]
documents: [PASSPORT]",
    good: "owner: shop-risk@example.com",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let definition = context.written()?;
    for At { value: key, loc } in &definition.set.governance {
        if !definition.places.is_stated(key) && !definition.places.is_broken(key) {
            let diagnostic =
                Diagnostic::new(&RULE, context.key("name"), format!("`{key}` is missing, and the set demands it"));
            findings.push(diagnostic.related(*loc, "demanded here").help(format!("state the key `{key}`")));
        }
    }
    Ok(())
}
