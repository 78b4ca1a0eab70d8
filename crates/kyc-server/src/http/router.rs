//! Which path leads where.

use std::time::Duration;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use http::header::CONNECTION;

use super::auth::only_this_machine;
use super::exchange::exchange;
use super::routes::{docs, health, metrics, policies, sessions, tokens};
use super::service::Service;
use crate::engine::{Code, Problem};

/// All paths, answered with `service`.
pub fn router(service: Service) -> Router {
    let door = service.door.clone();
    Router::new()
        .route("/v1/policies", get(policies::list))
        .route("/v1/policies/{name}", get(policies::one))
        .route("/v1/policies/{name}/tokens", post(tokens::issue))
        .route("/v1/sessions", get(sessions::list))
        .route("/v1/sessions/{id}", get(sessions::one).delete(sessions::erase))
        .route("/healthz", get(health::lives))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(metrics::figures))
        .route("/openapi.json", get(docs::document))
        .route("/docs", get(docs::front))
        .route("/docs/", get(docs::index))
        .route("/docs/{file}", get(docs::part))
        .fallback(nothing)
        .method_not_allowed_fallback(other_method)
        .layer(from_fn_with_state(door, only_this_machine))
        .layer(from_fn(exchange))
        .with_state(service)
}

/// What connections beyond the bound are told.
pub(super) fn shed() -> Router {
    Router::new().fallback(overloaded).layer(from_fn(exchange))
}

/// What requests that do not name one host are told.
pub(super) fn hostless() -> Router {
    Router::new().fallback(no_host).layer(from_fn(exchange))
}

async fn no_host() -> Problem {
    Problem::new(Code::MalformedRequest, "the request has no header `Host`, or several")
}

async fn nothing() -> Problem {
    Problem::new(Code::NotFound, "nothing is at this path")
}

async fn other_method() -> Problem {
    Problem::new(Code::MethodNotAllowed, "the path does not take this method")
}

async fn overloaded() -> Response {
    let problem = Problem::new(Code::Overloaded, "the service has as many connections as it takes");
    ([(CONNECTION, "close")], problem.retry_after(Duration::from_secs(1))).into_response()
}
