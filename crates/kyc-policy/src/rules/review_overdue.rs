//! A review that was due.

use jiff::civil;

use crate::diagnostic::{Diagnostic, Place};
use crate::policy::Policy;
use crate::rule::{Kind, Level, Rule};
use crate::rules::Check;

pub(crate) static RULE: Rule = Rule {
    id: "review-overdue",
    kind: Kind::Lint(Level::Warn),
    summary: "the day of the next review has passed",
    why: "Laws, lists and risks move; a policy that nobody has looked at in time is only believed to fit them.",
    bad: "review_by: 2020-01-01",
    good: "review_by: 2030-01-01",
};

pub(crate) const CHECK: Option<Check> = None;

/// The finding about `policy` on the day `today`, if there is one.
pub(crate) fn of(policy: &Policy, today: civil::Date) -> Option<Diagnostic> {
    let governance = policy.governance();
    let due = governance.review_by.filter(|due| *due < today)?;
    let whom = governance.owner.as_ref().map(|owner| format!(" (`owner` says whom to ask: {})", crate::diagnostic::shown(owner)));
    let help = format!("review the policy, then write the day of the next review{}", whom.unwrap_or_default());
    let place = Place::Policy("review_by".into());
    Some(Diagnostic::new(&RULE, place, format!("the policy was to be reviewed by {due}")).help(help))
}
