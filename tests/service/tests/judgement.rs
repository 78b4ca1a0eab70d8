//! The judgement itself: a service that remembers nothing does not get away with it.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use kyc_service_tests::service::{API_KEY, API_SECRET};
use kyc_service_tests::story::Story;
use kyc_service_tests::vendor::{Mood, Vendor};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// Buys a session for every request, whatever its key.
async fn forgetful(State(vendor): State<String>, Json(client): Json<Value>) -> (StatusCode, Json<Value>) {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let bought = http
        .post(format!("{vendor}/api/v2/token"))
        .basic_auth(API_KEY, Some(API_SECRET))
        .header("content-type", "application/json")
        .body(json!({ "clientId": client["client_id"] }).to_string())
        .send()
        .await
        .unwrap();
    let bought: Value = serde_json::from_str(&bought.text().await.unwrap()).unwrap();
    let told = json!({ "session_id": "1", "scan_ref": bought["scanRef"], "auth_token": bought["authToken"],
        "expires_at": "" });
    (StatusCode::CREATED, Json(told))
}

#[tokio::test(flavor = "multi_thread")]
async fn who_forgets_keys_is_found_out() {
    let vendor = Vendor::start(Mood { after: Duration::from_millis(20), ..Mood::default() }).await;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let router =
        Router::new().route("/v1/policies/{name}/tokens", post(forgetful)).with_state(vendor.base_url());
    tokio::spawn(async move { axum::serve(listener, router).await });

    let story = Story::default();
    let callers = story.callers(6, &[address], 1);
    tokio::time::sleep(Duration::from_millis(600)).await;
    callers.stop().await;
    story.settle(&[address]).await;

    let clients: BTreeSet<String> = story.keys().into_iter().map(|key| key.client).collect();
    let sessions = vendor.sessions(clients.iter().map(String::as_str)).await;
    let wrong = story.judge(&sessions, &BTreeMap::new()).join("\n");
    for expected in ["two answers", "sessions for", "not in the ledger"] {
        assert!(wrong.contains(expected), "{expected}: {wrong}");
    }
    assert!(!vendor.overlaps().is_empty(), "callers share no key that is under way");
}
