//! The policies of a caller.

use axum::body::Body;
use http::{Method, Request};
use serde_json::json;

use crate::service::{POLICIES, Running};

#[tokio::test]
async fn a_policy_is_shown_and_known_by_its_digest() {
    let service = Running::start().await;
    let key = service.key().await;
    let answer = service.get(&key, "/v1/policies/eu-strict").await;
    let shown = answer.ok(200);
    let tag = format!("W/\"{}\"", shown["digest"].as_str().unwrap());
    assert_eq!(answer.header("etag"), Some(tag.as_str()));
    assert_eq!(answer.header("cache-control"), Some("private, no-cache"));
    assert!(shown["card_text"].as_str().unwrap().contains("eu-strict"));
    assert_eq!(shown["card"]["name"], "eu-strict");
    // The schema is that of this policy.
    let schema = jsonschema::validator_for(&shown["client_schema"]).unwrap();
    assert!(schema.is_valid(&json!({ "client_id": "u", "last_name": "Doe", "date_of_birth": "1990-05-15" })));
    assert!(!schema.is_valid(&json!({ "client_id": "u" })));
    assert!(!schema.is_valid(
        &json!({ "client_id": "u", "last_name": "Doe", "date_of_birth": "1990-05-15", "sex": "M" })
    ));

    let ask = async |known: &str| {
        let request = key.on(Request::get("/v1/policies/eu-strict")).header("if-none-match", known);
        service.send(request.body(Body::empty()).unwrap()).await
    };
    let digest = shown["digest"].as_str().unwrap();
    for known in [tag.clone(), format!("\"{digest}\""), format!("\"other\", {tag}"), "*".to_owned()] {
        let answer = ask(&known).await;
        assert_eq!((answer.status.as_u16(), answer.body.len()), (304, 0), "{known}");
        assert_eq!(answer.header("etag"), Some(tag.as_str()));
    }
    for other in ["\"other\"", "", digest] {
        assert_eq!(ask(other).await.status, 200, "{other}");
    }
    // Who does not exist for the caller is not there, whatever the caller knows.
    let unknown = key.on(Request::get("/v1/policies/none")).header("if-none-match", "*");
    service.send(unknown.body(Body::empty()).unwrap()).await.problem(404, "policy-not-found");
}

#[tokio::test]
async fn policies_are_listed_in_pages() {
    let service = Running::start().await;
    let key = service.key().await;
    let names = |list: &serde_json::Value| -> Vec<String> {
        let policies = list["policies"].as_array().unwrap().iter();
        policies.map(|policy| policy["name"].as_str().unwrap().to_owned()).collect()
    };
    let all = service.get(&key, "/v1/policies").await.ok(200);
    assert_eq!(names(&all), POLICIES.map(|(name, _)| name));
    assert_eq!(all["next"], json!(null));
    let first = service.get(&key, "/v1/policies?limit=2").await.ok(200);
    assert_eq!((names(&first).len(), first["next"].as_str()), (2, Some("eu-strict")));
    let second = service.get(&key, "/v1/policies?limit=2&after=eu-strict").await.ok(200);
    assert_eq!((names(&second), &second["next"]), (vec!["us-basic".to_owned()], &json!(null)));
    let exact = service.get(&key, "/v1/policies?limit=3").await.ok(200);
    assert_eq!(exact["next"], json!(null));
    for query in ["limit=0", "limit=501", "limit=+1", "limit=x", "limit=", "limit=1&limit=1", "offset=1"] {
        service.get(&key, &format!("/v1/policies?{query}")).await.problem(400, "query-invalid");
    }
}

#[tokio::test]
async fn heads_are_answered_without_a_body() {
    let service = Running::start().await;
    let key = service.key().await;
    let request = key.on(Request::builder().method(Method::HEAD).uri("/v1/policies/eu-open"));
    let answer = service.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!((answer.status.as_u16(), answer.body.len()), (200, 0));
    assert!(answer.header("etag").is_some());
}
