//! The paths of the API, one file per resource, and what happens to every request.

mod admit;
mod by_scan_ref;
mod data;
mod delete;
mod identifications;
mod redirect;
mod reply;
mod status;
mod token;

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use crate::errors::{self, Identifier, Refusal};
use crate::scenario::{SCENARIO_HEADER, Scenario, UnknownScenario};
use crate::shared::Shared;

/// Largest request body in bytes; the vendor publishes no bound for this path.
pub const MAX_BODY_BYTES: usize = 1024 * 1024;

/// How much of a too large body is read and thrown away so that its sender gets to see the answer.
const MAX_DRAINED_BYTES: usize = 16 * MAX_BODY_BYTES;

pub(crate) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/api/v2/token", post(token::create).fallback(post_only))
        .route("/api/v2/status", post(status::show).fallback(post_only))
        .route("/api/v2/data", post(data::show).fallback(post_only))
        .route("/api/v2/delete", post(delete::remove).fallback(post_only))
        .route(identifications::PATH, get(identifications::list).fallback(get_only))
        .route("/api/v2/redirect", get(redirect::show).fallback(get_only))
        .fallback(|| async { errors::not_found() })
        .layer(middleware::from_fn_with_state(Arc::clone(&shared), record))
        .with_state(shared)
}

async fn post_only() -> Response {
    errors::method_not_allowed("POST")
}

async fn get_only() -> Response {
    errors::method_not_allowed("GET, HEAD")
}

/// Reads the body, picks the scenario, and notes request and answer.
async fn record(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let body = read(body).await;
    let scenario = scenario(&parts.headers, shared.scenario);

    let (method, path) = (parts.method.clone(), parts.uri.path().to_owned());
    let bytes = body.as_deref().unwrap_or_default();
    let entry = shared.journal.arrived(&method, &path, bytes, scenario.unwrap_or(shared.scenario));

    let answer = match (scenario, body) {
        (Err(unknown), _) => {
            Refusal::body(Identifier::BadValue, format!("Header '{SCENARIO_HEADER}': {unknown}."))
                .into_response()
        }
        (_, Err(Unreadable::TooLarge)) => errors::too_large(),
        (_, Err(Unreadable::Broken)) => {
            Refusal::body(Identifier::JsonError, "The request body ended early.").into_response()
        }
        (Ok(scenario), Ok(bytes)) => {
            parts.extensions.insert(scenario);
            next.run(Request::from_parts(parts, Body::from(bytes))).await
        }
    };
    shared.journal.answered(entry, answer.status().as_u16());
    answer
}

fn scenario(headers: &HeaderMap, default: Scenario) -> Result<Scenario, UnknownScenario> {
    let mut named = headers.get_all(SCENARIO_HEADER).iter();
    match (named.next(), named.next()) {
        (None, _) => Ok(default),
        (Some(name), None) => name.to_str().unwrap_or_default().trim().parse(),
        // Two names contradict each other; the empty name is none of them.
        (Some(_), Some(_)) => "".parse(),
    }
}

enum Unreadable {
    TooLarge,
    Broken,
}

async fn read(mut body: Body) -> Result<Bytes, Unreadable> {
    let mut kept = Vec::new();
    let mut seen = 0;
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let frame = frame.map_err(|_| Unreadable::Broken)?;
        let Some(data) = frame.data_ref() else {
            continue;
        };
        seen += data.len();
        if seen <= MAX_BODY_BYTES {
            kept.extend_from_slice(data);
        } else if seen > MAX_DRAINED_BYTES {
            break;
        }
    }
    if seen > MAX_BODY_BYTES { Err(Unreadable::TooLarge) } else { Ok(kept.into()) }
}
