//! A service that does no work: axum in front, reqwest behind.

use std::net::SocketAddr;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;

#[derive(Clone)]
struct Forwarder {
    client: reqwest::Client,
    url: String,
}

/// Serves on the listener for ever: hands bodies to the vendor, and its answers back.
pub async fn forward(listener: TcpListener, vendor: SocketAddr) {
    let state = Forwarder {
        client: reqwest::Client::builder().no_proxy().build().unwrap(),
        url: format!("http://{vendor}/api/v2/token"),
    };
    let router = Router::new().fallback(hand_on).with_state(state);
    let _ = axum::serve(listener, router).await;
}

async fn hand_on(State(state): State<Forwarder>, body: Bytes) -> Response {
    let sent = state.client.post(&state.url).header(CONTENT_TYPE, "application/json").body(body).send().await;
    let Ok(answer) = sent else { return StatusCode::BAD_GATEWAY.into_response() };
    let status = answer.status();
    let Ok(body) = answer.bytes().await else { return StatusCode::BAD_GATEWAY.into_response() };
    (status, [(CONTENT_TYPE, "application/json")], body).into_response()
}
