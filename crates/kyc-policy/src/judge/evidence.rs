//! Whether what the policy requires has been done: a check that left no trace where it leaves one was not made.

use super::{Judging, Reason, ReasonKind, Ruling};
use crate::field::{Direction, Evidence, FIELDS, Shape};

pub(super) fn judge(judging: &Judging<'_>, reasons: &mut Vec<Reason>) {
    for field in FIELDS {
        let Shape::Flag(flag) = field.shape else { continue };
        // Of some checks only a finding shows; they were requested, and no more can be known.
        let shows = matches!(field.evidence, Evidence::Result | Evidence::Echo);
        let is_check = field.direction == Direction::TrueIsTighter;
        if shows
            && is_check
            && judging.sections.flags.is_on(flag)
            && judging.facts.shown.state(flag) != Some(true)
        {
            let message = format!("nothing shows that `{}` was in force", field.key);
            reasons.push(Reason::new(ReasonKind::EvidenceMissing, Ruling::Review, field.key, message));
        }
    }
}
