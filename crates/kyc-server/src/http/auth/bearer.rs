//! The header `Authorization: Bearer KEY` (RFC 6750).

use http::HeaderMap;
use http::header::AUTHORIZATION;

use crate::engine::{Code, Problem};

/// The key that a request shows.
///
/// # Errors
///
/// None or several are shown. None of it is repeated.
pub(super) fn shown(headers: &HeaderMap) -> Result<&str, Problem> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return Err(unauthenticated("one header `Authorization: Bearer` with the caller's key is needed"));
    };
    let text = value.to_str().unwrap_or_default();
    let key = text
        .split_once(' ')
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, key)| key.trim_start_matches(' '));
    key.ok_or_else(|| unauthenticated("the header `Authorization` is not of the form `Bearer KEY`"))
}

/// The key is not one that is in force, whatever is wrong with it.
pub(super) fn unknown() -> Problem {
    unauthenticated("the key is not one that is in force")
}

fn unauthenticated(detail: &str) -> Problem {
    Problem::new(Code::Unauthenticated, detail)
}
