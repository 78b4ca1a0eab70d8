//! `POST /api/v2/delete`: drops what is known of a client.
//!
//! Refused while the token lives. Deleting twice is answered like deleting once; no document tells.

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::{by_scan_ref, reply};
use crate::errors;
use crate::scenario::Scenario;
use crate::sessions::NotDeleted;
use crate::shared::Shared;

pub(super) async fn remove(
    State(shared): State<Arc<Shared>>,
    Extension(scenario): Extension<Scenario>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let asked = match by_scan_ref::read(&shared, scenario, &headers, &body) {
        Ok(asked) => asked,
        Err(refused) => return *refused,
    };
    match shared.sessions.delete(&asked.scan_ref, asked.now) {
        Err(NotDeleted::Unknown) => return by_scan_ref::unknown(),
        Err(NotDeleted::TokenAlive) => return errors::token_alive(),
        Ok(()) => {}
    }
    if scenario == Scenario::Slow {
        shared.wait().await;
    }
    // A success has no body, so a broken one announces a body and breaks it.
    reply::broken(scenario, StatusCode::OK, &json!({})).unwrap_or_else(|| StatusCode::OK.into_response())
}
