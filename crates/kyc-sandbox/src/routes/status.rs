//! `POST /api/v2/status`: where a session stands.

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::{by_scan_ref, reply};
use crate::scenario::Scenario;
use crate::shared::Shared;

pub(super) async fn show(
    State(shared): State<Arc<Shared>>,
    Extension(scenario): Extension<Scenario>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let asked = match by_scan_ref::read(&shared, scenario, &headers, &body) {
        Ok(asked) => asked,
        Err(refused) => return *refused,
    };
    match shared.sessions.find(&asked.scan_ref) {
        Some(session) => {
            reply::ok(&shared, scenario, session.status(asked.now, scenario == Scenario::Archived)).await
        }
        None => by_scan_ref::unknown(),
    }
}
