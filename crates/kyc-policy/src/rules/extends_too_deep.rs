//! A policy that stands on too many others.

use crate::diagnostic::{Diagnostic, Place};
use crate::family::MAX_ANCESTORS;
use crate::rule::{Kind, Rule};
use crate::rules::Check;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "extends-too-deep",
    kind: Kind::Error,
    summary: "a policy stands on too many others",
    why: "Whoever reviews a policy has to read all that it inherits from.",
    bad: "extends: p9   # which extends p8, and so on down to p1",
    good: "extends: p2   # which extends p1",
};

pub(crate) const CHECK: Option<Check> = None;

/// `way` are the names that are extended, up to the last.
pub(crate) fn found(way: &[(&str, Loc)]) -> Diagnostic {
    let (first, last) = (way.first(), way.last());
    let place = first.map_or(Place::Policy("extends".into()), |(_, loc)| Place::At(*loc));
    let message = format!("{} policies lie above this one, and at most {MAX_ANCESTORS} may", way.len());
    let mut found = Diagnostic::new(&RULE, place, message)
        .help("extend a policy further up, and state here what lies between");
    if let Some((name, loc)) = last {
        found.add_related(*loc, format!("up to `{name}`"));
    }
    found
}
