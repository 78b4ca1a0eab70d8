//! What each part of a policy means, as a phrase of a sentence: lower case, no full stop, no word of the vendor's API.

mod age;
mod client;
mod countries;
mod demands;
mod documents;
mod evidence;
mod expiry;
mod flags;
mod governance;
mod groups;
mod routing;
mod screens;
mod section;
mod session;
mod steps;
mod tags;
mod time;
mod verdict;

pub use age::age;
pub use client::{accepted_fields, client, client_field, required_fields};
pub(crate) use countries::{FEW, names};
pub use countries::{countries, country, set};
pub use demands::{face_threshold, nfc, questionnaire, registries, risk_profile, vendor};
pub use documents::{documents, matrix, scope};
pub(crate) use documents::{has_others, own_rows};
pub use evidence::evidence;
pub use expiry::expiry;
pub use flags::{flag, flags};
pub use governance::{effective, events, reverify, risk_tier, timezone};
pub use groups::{Groups, UsedGroup};
pub use routing::{country_lock, redirect, webhook};
pub use screens::{ip_country, nationality};
pub use section::{key, section};
pub use session::{delivery, reuse, session, token_type};
pub use steps::{step, step_name, steps};
pub use tags::tag;
pub use time::{duration, seconds};
pub use verdict::{list, outcome, verdict};

/// `a, b and c`.
pub fn join<T: AsRef<str>>(items: impl IntoIterator<Item = T>) -> String {
    joined(items, "and")
}

/// `a, b or c`.
pub fn either<T: AsRef<str>>(items: impl IntoIterator<Item = T>) -> String {
    joined(items, "or")
}

fn joined<T: AsRef<str>>(items: impl IntoIterator<Item = T>, last_by: &str) -> String {
    let items: Vec<T> = items.into_iter().collect();
    match items.as_slice() {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} {last_by} {}", first.join(", "), last.as_ref())
        }
    }
}

/// `1 country`, `2 countries`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

/// `1 more day`, `30 more days`.
pub(crate) fn more_days(days: u32) -> String {
    count(usize::try_from(days).unwrap_or(usize::MAX), "more day", "more days")
}

/// Text that somebody wrote into a policy, on one line and without anything invisible that could hide or reorder it.
pub fn written(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().map(|c| if kyc_core::is_invisible(c) { '\u{fffd}' } else { c }).collect()
}

/// A short text of a policy in quotation marks.
pub(crate) fn quoted(text: &str) -> String {
    format!("“{}”", written(text))
}
