//! Answers, as the scenario bends them.

use axum::Json;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value};

use crate::scenario::Scenario;
use crate::shared::Shared;
use crate::{echo, fault};

/// 200 with a JSON object.
pub(super) async fn ok(shared: &Shared, scenario: Scenario, mut answer: Map<String, Value>) -> Response {
    if scenario == Scenario::Slow {
        shared.wait().await;
    }
    if scenario == Scenario::UnknownFields {
        echo::bend(&mut answer, scenario);
    }
    json(scenario, StatusCode::OK, answer)
}

/// A JSON object, or what a broken server makes of it.
pub(super) fn json(scenario: Scenario, status: StatusCode, answer: Map<String, Value>) -> Response {
    let answer = Value::from(answer);
    broken(scenario, status, &answer).unwrap_or_else(|| (status, Json(answer)).into_response())
}

/// What a broken server makes of an answer, if the scenario breaks it.
pub(super) fn broken(scenario: Scenario, status: StatusCode, answer: &Value) -> Option<Response> {
    const JSON: HeaderValue = HeaderValue::from_static("application/json");
    match scenario {
        Scenario::Garbage => {
            Some((status, [(CONTENT_TYPE, JSON)], "<html><body>It works!</body></html>").into_response())
        }
        Scenario::Huge => Some((status, fault::huge()).into_response()),
        Scenario::Reset => Some((status, fault::cut_off(answer.to_string())).into_response()),
        _ => None,
    }
}
