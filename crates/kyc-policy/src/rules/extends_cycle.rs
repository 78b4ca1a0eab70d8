//! Policies that extend one another in a circle.

use crate::diagnostic::Diagnostic;
use crate::rule::{Kind, Rule};
use crate::rules::Check;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "extends-cycle",
    kind: Kind::Error,
    summary: "policies extend one another in a circle",
    why: "There is no first policy from which the others could inherit.",
    bad: r"# shop.yaml
extends: baseline
# baseline.yaml
extends: shop",
    good: r"# shop.yaml
extends: baseline
# baseline.yaml extends nothing",
};

pub(crate) const CHECK: Option<Check> = None;

/// `way` are the names that are extended, from that of the first document around to its own.
pub(crate) fn found(own: &str, way: &[(&str, Loc)]) -> Diagnostic {
    let help = "take `extends` out of the policy that the others build on";
    let mut places = way.iter().map(|(name, loc)| (*name, *loc));
    let Some((first, loc)) = places.next() else {
        // A way has at least one step.
        return Diagnostic::new(&RULE, crate::diagnostic::Place::Policy("extends".into()), "the policy extends itself");
    };
    if way.len() == 1 {
        return Diagnostic::new(&RULE, loc, format!("`{own}` extends itself")).help(help);
    }
    let names: Vec<_> = way.iter().map(|(name, _)| format!("`{name}`")).collect();
    let message = format!("`{own}` extends itself: it extends {}", names.join(", which extends "));
    let mut found = Diagnostic::new(&RULE, loc, message).help(help);
    let mut extending = first;
    for (name, loc) in places {
        found.add_related(loc, format!("`{extending}` extends `{name}`"));
        extending = name;
    }
    found
}
