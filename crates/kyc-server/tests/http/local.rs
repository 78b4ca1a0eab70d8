//! A service without keys: it answers its own machine, under a name of this machine.

use axum::body::Body;
use http::Request;
use kyc_server::http::Access;
use serde_json::json;

use crate::service::Running;

#[tokio::test]
async fn only_names_of_this_machine_are_answered() {
    let service = Running::with(Access::Local, "").await;
    for (path, host, answered) in [
        ("/v1/policies", Some("localhost:8080"), true),
        ("/v1/policies", Some("127.0.0.1"), true),
        ("/v1/policies", Some("[::1]:8080"), true),
        ("/v1/policies", Some("evil.example"), false),
        ("/v1/policies", Some("127.0.0.1.evil.example"), false),
        ("/v1/policies", None, false),
        ("/healthz", Some("evil.example"), false),
        ("/docs/", Some("evil.example"), false),
    ] {
        let request = host.into_iter().fold(Request::get(path), |request, host| request.header("host", host));
        let answer = service.send(request.body(Body::empty()).unwrap()).await;
        if answered {
            assert_eq!(answer.status, 200, "{host:?}");
        } else {
            answer.problem(421, "host-not-local");
        }
    }
}

/// From the first key on it is a service with keys: whoever shows none is refused, and names count no more. So it stays,
/// even if the key is taken out of force.
#[tokio::test]
async fn the_first_key_closes_the_door() {
    let service = Running::with(Access::Local, "").await;
    let ask = |host: &str| Request::get("/v1/policies").header("host", host);
    let nobody = |host| service.send(ask(host).body(Body::empty()).unwrap());
    assert_eq!(nobody("localhost").await.status, 200);
    let key = service.key().await;
    nobody("localhost").await.problem(401, "unauthenticated");
    nobody("kyc.example").await.problem(401, "unauthenticated");
    let with_key = service.send(key.on(ask("kyc.example")).body(Body::empty()).unwrap()).await;
    assert_eq!(with_key.status, 200);
    let keys = service.engine.ledger().callers();
    keys.revoke(keys.list().await.unwrap()[0].name.as_str()).await.unwrap();
    nobody("localhost").await.problem(401, "unauthenticated");
}

#[tokio::test]
async fn everything_may_be_done_without_a_key() {
    let service = Running::with(Access::Local, "").await;
    let request = Request::post("/v1/policies/eu-open/tokens")
        .header("host", "localhost")
        .header("content-type", "application/json")
        .header("idempotency-key", "k-1")
        .body(Body::from(json!({ "client_id": "u-1" }).to_string()));
    service.send(request.unwrap()).await.ok(201);
    let figures = Request::get("/metrics").header("host", "localhost").body(Body::empty()).unwrap();
    assert_eq!(service.send(figures).await.status, 200);
}
