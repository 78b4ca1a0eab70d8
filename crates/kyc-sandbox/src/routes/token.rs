//! `POST /api/v2/token`: a new verification session.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde_json::Value;

use crate::errors::{self, Identifier, Refusal};
use crate::scenario::Scenario;
use crate::shared::Shared;
use crate::{echo, fault, random, validate};

/// Where the `redirect` scenario points: a path that answers 404 and is recorded, so that following it shows.
const ELSEWHERE: &str = "/elsewhere";

pub(super) async fn create(
    State(shared): State<Arc<Shared>>,
    Extension(scenario): Extension<Scenario>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if scenario == Scenario::Unauthorized || !shared.credentials.accept(&headers) {
        return errors::unauthorized();
    }
    if let Some(refused) = before_processing(&shared, scenario) {
        return refused;
    }
    let request = match json_declared(&headers).and_then(|()| validate(&body)) {
        Ok(request) => request,
        Err(refusal) => return refusal.into_response(),
    };
    match scenario {
        Scenario::Conflict => return errors::conflict(),
        Scenario::Slow => shared.wait().await,
        _ => {}
    }
    created(&shared, scenario, &request)
}

/// What the vendor decides without looking at the body.
fn before_processing(shared: &Shared, scenario: Scenario) -> Option<Response> {
    let refused = match scenario {
        Scenario::RateLimited => errors::rate_limited(None),
        Scenario::RateLimitedRetryAfter => errors::rate_limited(Some("1")),
        Scenario::RateLimitedOnce if shared.takes_refusal() => errors::rate_limited(None),
        Scenario::InsufficientFunds => errors::no_funds(),
        Scenario::CodeError => errors::no_funds_with_code(),
        Scenario::TokenLimit => errors::token_limit(),
        Scenario::Forbidden => errors::forbidden(),
        Scenario::ServerError => errors::server_error(),
        Scenario::LegacyError => errors::legacy(),
        Scenario::Redirect => {
            let elsewhere = format!("{}{ELSEWHERE}", shared.base_url);
            (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, elsewhere)]).into_response()
        }
        _ => return None,
    };
    Some(refused)
}

/// The vendor documents the content type; what it does without is not known.
fn json_declared(headers: &HeaderMap) -> Result<(), Refusal> {
    let declared = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = declared.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/json") {
        Ok(())
    } else {
        Err(Refusal::body(Identifier::JsonError, "Header 'Content-Type' must be application/json."))
    }
}

fn created(shared: &Shared, scenario: Scenario, request: &Value) -> Response {
    let token = random::auth_token();
    let mut answer = echo::session(request, &token, &shared.base_url);
    echo::bend(&mut answer, scenario);
    let status = if scenario == Scenario::Legacy { StatusCode::OK } else { StatusCode::CREATED };
    match scenario {
        Scenario::Garbage => {
            const JSON: HeaderValue = HeaderValue::from_static("application/json");
            (status, [(CONTENT_TYPE, JSON)], "<html><body>It works!</body></html>").into_response()
        }
        Scenario::Huge => (status, fault::huge()).into_response(),
        Scenario::Reset => (status, fault::cut_off(Value::from(answer).to_string())).into_response(),
        _ => {
            shared.tokens.issue(token);
            (status, Json(answer)).into_response()
        }
    }
}
