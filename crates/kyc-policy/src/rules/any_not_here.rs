//! `any` outside the countries of a policy.

use crate::diagnostic::{Diagnostic, shown};
use crate::rule::{Kind, Rule};
use crate::rules::Check;
use crate::source::Loc;

pub(crate) static RULE: Rule = Rule {
    id: "any-not-here",
    kind: Kind::Error,
    summary: "`any` stands where a list is meant",
    why: "A country that the vendor adds later would silently join the list. Only `countries` keeps `any` \
          as a word.",
    bad: "registry_countries: any",
    good: "registry_countries: [LT, HU]",
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found(loc: Loc, key: &str) -> Diagnostic {
    Diagnostic::new(&RULE, loc, format!("`any` cannot stand in `{}`", shown(key))).help("name the countries or groups that are meant")
}
