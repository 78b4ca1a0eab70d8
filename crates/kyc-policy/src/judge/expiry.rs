//! Whether the document is still valid, through the day that is printed on it.

use jiff::civil;

use super::{Expires, Judging, Reason, ReasonKind, Ruling};

pub(super) fn judge(judging: &Judging<'_>, reasons: &mut Vec<Reason>) {
    let expiry = judging.sections.expiry;
    match judging.facts.expires {
        None => reasons.push(Reason::new(
            ReasonKind::ExpiryUnknown,
            Ruling::Review,
            "expiry",
            "it is not known until when the document is valid",
        )),
        Some(Expires::Never) => {
            let message = "the document has no expiry date";
            reasons.push(Reason::new(ReasonKind::ExpiryNone, expiry.none, "expiry.none", message));
        }
        Some(Expires::On(day)) if day < judging.last_day => {
            let message = "the document has expired";
            reasons.push(Reason::new(ReasonKind::DocumentExpired, judging.outside(), "expiry", message));
        }
        Some(Expires::On(day)) => {
            let needed = expiry.min_remaining_days;
            if days_between(judging.last_day, day) < i64::from(needed) {
                let message = format!("the document is valid for less than {needed} more days");
                let reason = Reason::new(
                    ReasonKind::ExpiresTooSoon,
                    judging.outside(),
                    "expiry.min_remaining",
                    message,
                );
                reasons.push(reason);
            }
        }
    }
}

/// Whole days from `from` to `to`.
fn days_between(from: civil::Date, to: civil::Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}
