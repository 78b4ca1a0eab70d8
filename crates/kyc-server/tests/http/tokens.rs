//! Tokens.

use axum::body::Body;
use http::Request;
use serde_json::json;

use crate::answer::Answer;
use crate::service::Running;

#[tokio::test]
async fn a_token_is_bought_once_for_each_key() {
    let service = Running::start().await;
    let key = service.key().await;
    let client = json!({ "client_id": "u-1", "last_name": "Doe", "locale": null });
    let first = service.issue(&key, "eu-open", "k-1", &client).await;
    let token = first.ok(201);
    assert_eq!(token["policy"]["name"], "eu-open");
    assert_eq!(first.header("cache-control"), Some("no-store"));
    assert_eq!(first.header("idempotent-replayed"), None);
    // The same again, in another order and with another way to say nothing.
    let again = service
        .issue(&key, "eu-open", "k-1", r#"{"last_name":"Doe","reissue":false,"client_id":"u-1"}"#)
        .await;
    assert_eq!(again.ok(200), token);
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    assert_eq!(service.bought(), 1);
    let other = service.issue(&key, "eu-open", "k-1", json!({ "client_id": "u-2" })).await;
    other.problem(422, "idempotency-key-reused");
    // Another caller's key is another key.
    let second = service.key_for("second", &["*"], &kyc_ledger::Scope::ALL, None).await;
    assert_ne!(
        service.issue(&second, "eu-open", "k-1", &client).await.ok(201)["scan_ref"],
        token["scan_ref"]
    );
    assert_eq!(service.bought(), 2);
}

#[tokio::test]
async fn a_dry_run_shows_what_would_be_sent_and_sends_nothing() {
    let service = Running::start().await;
    let key = service.key().await;
    let request = key
        .on(Request::post("/v1/policies/eu-open/tokens?dry_run=true"))
        .header("content-type", "application/json")
        .body(Body::from(json!({ "client_id": "planted-id", "last_name": "Plantedname" }).to_string()));
    let answer = service.send(request.unwrap()).await;
    let shown = answer.ok(200);
    assert_eq!((&shown["account"], &shown["environment"]), (&json!("main"), &json!("development")));
    assert!(shown["request"]["lastName"].is_string());
    for value in ["planted-id", "Plantedname"] {
        assert!(!answer.text().contains(value), "{}", answer.text());
    }
    assert_eq!(service.bought(), 0);
}

#[tokio::test]
async fn everything_wrong_is_told_at_once_without_a_value() {
    let service = Running::start().await;
    let key = service.key().await;
    let mut client = json!({
        "client_id": "u-1",
        "first_name": "Plant3d",
        "date_of_birth": "15.05.1990",
        "address": "Planted street",
        "last_nme": "Planted",
        "planted.value@example.com": "x",
    });
    let fields = ["", "/address", "/date_of_birth", "/first_name", "/last_nme"];
    let without_reissue = service.issue(&key, "eu-strict", "k-1", &client).await;
    tells(&without_reissue, &fields);
    // What stands beside the client's data is told with the rest.
    client["reissue"] = json!("Planted");
    tells(&service.issue(&key, "eu-strict", "k-1", &client).await, &[&fields[..], &["/reissue"]].concat());
    assert_eq!(service.bought(), 0);
}

/// The answer tells of these places, and repeats no value.
fn tells(answer: &Answer, places: &[&str]) {
    let problem = answer.problem(422, "client-data-invalid");
    let mistakes = format!("the client's data has {} mistakes under policy `eu-strict`", places.len());
    assert_eq!(problem["detail"], mistakes);
    let violations = problem["violations"].as_array().unwrap();
    let mut pointers: Vec<_> =
        violations.iter().map(|violation| violation["pointer"].as_str().unwrap()).collect();
    pointers.sort_unstable();
    assert_eq!(pointers, places);
    let text = answer.text().to_lowercase();
    assert!(!text.contains("plant") && !text.contains("15.05"), "{text}");
}

#[tokio::test]
async fn keys_are_needed_once_and_well_formed() {
    let service = Running::start().await;
    let key = service.key().await;
    let ask = async |keys: &[&[u8]]| {
        let mut request =
            key.on(Request::post("/v1/policies/eu-open/tokens")).header("content-type", "application/json");
        for key in keys {
            request = request.header("idempotency-key", *key);
        }
        service.send(request.body(Body::from(r#"{"client_id":"u-1"}"#)).unwrap()).await
    };
    ask(&[]).await.problem(400, "idempotency-key-required");
    let long = [b'x'; 256];
    let (one, control, accent): (&[u8], &[u8], &[u8]) = (b"k-1", b"a\tb", "é".as_bytes());
    for keys in [&[one, one][..], &[b""], &[b"a b"], &[control], &[accent], &[&long]] {
        let answer = ask(keys).await;
        answer.problem(400, "idempotency-key-invalid");
        assert!(!answer.text().contains("a b"));
    }
    ask(&[&long[1..]]).await.ok(201);
}
