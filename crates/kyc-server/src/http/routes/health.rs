//! Whether the service lives, and whether it is ready.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use kyc_ledger::moment;
use serde_json::{Value, json};

use crate::http::service::Service;

/// `GET /healthz`: the process answers.
pub(in crate::http) async fn lives() -> Json<Value> {
    Json(json!({ "status": "ok" }))
}

/// `GET /readyz`: tokens can be issued, so the ledger can be written too. What is told names no policy, for anybody may ask.
pub(in crate::http) async fn ready(State(service): State<Service>) -> Response {
    let ledger = service.ledger.now().await;
    let (status, word) = match (service.engine.is_stopping(), ledger) {
        (true, _) => (StatusCode::SERVICE_UNAVAILABLE, "stopping"),
        (false, false) => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
        (false, true) => (StatusCode::OK, "ready"),
    };
    let set = service.engine.policies();
    let refused = service
        .status
        .refused()
        .map(|refused| json!({ "at": moment(refused.at), "mistakes": refused.mistakes }));
    let answer = json!({
        "status": word,
        "ledger": if ledger { "ok" } else { "unavailable" },
        "policies": {
            "status": if refused.is_some() { "stale" } else { "ok" },
            "count": set.registry().len(),
            "refused": refused,
        },
    });
    (status, Json(answer)).into_response()
}
