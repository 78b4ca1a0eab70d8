//! What supervisors and balancers are told.

use axum::body::Body;
use http::Request;
use serde_json::json;

use crate::answer::Answer;
use crate::service::Running;

async fn ask(service: &Running, path: &str) -> Answer {
    service.send(Request::get(path).body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn a_service_is_ready_with_its_last_good_policies() {
    let service = Running::start().await;
    assert_eq!(ask(&service, "/healthz").await.ok(200), json!({ "status": "ok" }));
    let ready = ask(&service, "/readyz").await.ok(200);
    assert_eq!((&ready["status"], &ready["ledger"]), (&json!("ready"), &json!("ok")));
    assert_eq!(ready["policies"], json!({ "status": "ok", "count": 3, "refused": null }));
    service.status.policies_refused("2026-11-24T12:00:00Z".parse().unwrap(), 3);
    let stale = ask(&service, "/readyz").await.ok(200);
    assert_eq!(stale["policies"]["status"], "stale");
    assert_eq!(stale["policies"]["refused"], json!({ "at": "2026-11-24T12:00:00.000Z", "mistakes": 3 }));
    service.status.policies_taken();
    assert_eq!(ask(&service, "/readyz").await.ok(200), ready);
}

#[tokio::test]
async fn a_service_that_stops_is_not_ready() {
    let service = Running::start().await;
    service.engine.stop(std::time::Duration::from_secs(5)).await;
    assert_eq!(ask(&service, "/readyz").await.ok(503)["status"], "stopping");
}

/// Of a ledger that is read and cannot be written, no token comes.
#[tokio::test]
async fn a_service_whose_ledger_takes_no_changes_is_alive_and_not_ready() {
    let service = Running::start().await;
    let until = async |status: u16| {
        let end = std::time::Instant::now() + std::time::Duration::from_secs(30);
        loop {
            let answer = ask(&service, "/readyz").await;
            if answer.status == status {
                return answer.ok(status);
            }
            assert!(std::time::Instant::now() < end, "{status} does not come");
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    assert_eq!(until(200).await["ledger"], "ok");
    let other = rusqlite::Connection::open(service.database()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let unavailable = until(503).await;
    assert_eq!(
        (&unavailable["status"], &unavailable["ledger"]),
        (&json!("unavailable"), &json!("unavailable"))
    );
    assert_eq!(ask(&service, "/healthz").await.ok(200), json!({ "status": "ok" }));
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(until(200).await["ledger"], "ok");
}

#[tokio::test]
async fn figures_name_routes_and_no_paths() {
    let service = Running::start().await;
    let key = service.key().await;
    service.get(&key, "/v1/sessions/planted").await.problem(404, "session-not-found");
    service.get(&key, "/planted/path").await.problem(404, "not-found");
    let answer = service.get(&key, "/metrics").await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("content-type")),
        (200, Some("text/plain; version=0.0.4; charset=utf-8"))
    );
    let text = answer.text();
    assert!(
        text.contains(r#"kyc_http_requests_total{method="GET",route="/v1/sessions/{id}",status="404"}"#),
        "{text}"
    );
    assert!(text.contains(r#"route="none""#) && !text.contains("planted"), "{text}");
}
