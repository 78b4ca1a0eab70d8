//! `POST /api/v2/token`: a new verification session.

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::{admit, reply};
use crate::errors;
use crate::scenario::Scenario;
use crate::sessions::Session;
use crate::shared::Shared;
use crate::{echo, random, validate};

pub(super) async fn create(
    State(shared): State<Arc<Shared>>,
    Extension(scenario): Extension<Scenario>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if let Some(refused) = admit::refused(&shared, scenario, &headers).or_else(|| without_body(scenario)) {
        return refused;
    }
    let request = match admit::json_declared(&headers).and_then(|()| validate(&body)) {
        Ok(request) => request,
        Err(refusal) => return refusal.into_response(),
    };
    if scenario == Scenario::Conflict {
        return errors::conflict();
    }
    if scenario == Scenario::Production && request.get("dummyStatus").is_some() {
        return errors::not_for_production();
    }
    let answer = created(&shared, scenario, &request);
    if scenario == Scenario::Slow {
        shared.wait().await;
    }
    answer
}

/// What the vendor decides about a new session without looking at the body.
fn without_body(scenario: Scenario) -> Option<Response> {
    let refused = match scenario {
        Scenario::InsufficientFunds => errors::no_funds(),
        Scenario::CodeError => errors::no_funds_with_code(),
        Scenario::TokenLimit => errors::token_limit(),
        Scenario::LegacyError => errors::legacy(),
        _ => return None,
    };
    Some(refused)
}

fn created(shared: &Shared, scenario: Scenario, request: &Value) -> Response {
    let token = random::auth_token();
    let mut answer = echo::session(request, &token, &shared.base_url);
    // The session exists from here on, whatever becomes of the answer.
    shared.sessions.add(Session::of(&answer, request, shared.clock.now()));
    shared.tokens.issue(token);
    echo::bend(&mut answer, scenario);
    let status = if scenario == Scenario::Legacy { StatusCode::OK } else { StatusCode::CREATED };
    reply::json(scenario, status, answer)
}
