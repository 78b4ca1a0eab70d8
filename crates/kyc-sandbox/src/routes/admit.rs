//! What every call goes through before its own part: the key pair, limits, and faults of the whole server.

use std::time::Duration;

use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::clock::SECONDS_LATER_HEADER;
use crate::errors::{self, Identifier, Refusal};
use crate::scenario::Scenario;
use crate::shared::Shared;

/// Where the `redirect` scenario points: a path that answers 404 and is recorded, so that following it shows.
const ELSEWHERE: &str = "/elsewhere";

/// Why a request is not let in, if it is not.
pub(super) fn refused(shared: &Shared, scenario: Scenario, headers: &HeaderMap) -> Option<Response> {
    if scenario == Scenario::Unauthorized || !shared.credentials.accept(headers) {
        return Some(errors::unauthorized());
    }
    let refused = match scenario {
        Scenario::RateLimited => errors::rate_limited(None),
        Scenario::RateLimitedRetryAfter => errors::rate_limited(Some("1")),
        Scenario::RateLimitedOnce if shared.takes_refusal() => errors::rate_limited(None),
        Scenario::Forbidden => errors::forbidden(),
        Scenario::ServerError => errors::server_error(),
        Scenario::Redirect => {
            let elsewhere = format!("{}{ELSEWHERE}", shared.base_url);
            (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, elsewhere)]).into_response()
        }
        _ => return None,
    };
    Some(refused)
}

/// The vendor documents the content type; what it does without is not known.
pub(super) fn json_declared(headers: &HeaderMap) -> Result<(), Refusal> {
    let declared = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = declared.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/json") {
        Ok(())
    } else {
        Err(Refusal::body(Identifier::JsonError, "Header 'Content-Type' must be application/json."))
    }
}

/// The time at which a request is looked at.
pub(super) fn time(shared: &Shared, headers: &HeaderMap) -> Result<Duration, Refusal> {
    let Some(later) = headers.get(SECONDS_LATER_HEADER) else { return Ok(shared.clock.now()) };
    let seconds = later.to_str().ok().and_then(|text| text.trim().parse::<u32>().ok());
    let seconds = seconds.ok_or_else(|| {
        let message = format!("Header '{SECONDS_LATER_HEADER}' must be a number of seconds.");
        Refusal::body(Identifier::BadValue, message)
    })?;
    Ok(shared.clock.now().saturating_add(Duration::from_secs(seconds.into())))
}
