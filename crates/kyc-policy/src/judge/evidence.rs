//! Whether what the policy requires has been done: a check that left no trace where it leaves one was not made.

use super::{Judging, Reason, ReasonKind, Ruling};
use crate::field::{Direction, Evidence, FIELDS, Shape};

/// The flags of which it shows that they were in force.
const SHOWN: u32 = {
    let mut mask = 0;
    let mut fields = FIELDS;
    while let [field, rest @ ..] = fields {
        if let (Shape::Flag(flag), Direction::TrueIsTighter, Evidence::Result | Evidence::Echo) =
            (field.shape, field.direction, field.evidence)
        {
            mask |= 1 << flag as u32;
        }
        fields = rest;
    }
    mask
};

pub(super) fn judge(judging: &Judging<'_>, reasons: &mut Vec<Reason>) {
    let (required, shown) = (judging.sections.flags.bits().1, judging.facts.shown.bits().1);
    // Of some checks only a finding shows; they were requested, and no more can be known.
    let missing = required & SHOWN & !shown;
    if missing == 0 {
        return;
    }
    for field in FIELDS {
        let Shape::Flag(flag) = field.shape else { continue };
        if missing & 1 << flag as u32 != 0 {
            let message = format!("nothing shows that `{}` was in force", field.key);
            reasons.push(Reason::new(ReasonKind::EvidenceMissing, Ruling::Review, field.key, message));
        }
    }
}
