//! A caller's sessions.

use axum::body::Body;
use http::Request;
use kyc_ledger::Scope;
use kyc_server::http::Access;
use serde_json::{Value, json};

use crate::service::{Key, Running};

async fn erase(service: &Running, key: &Key, id: &str, query: &str) -> crate::answer::Answer {
    let request = key.on(Request::delete(format!("/v1/sessions/{id}{query}"))).body(Body::empty());
    service.send(request.unwrap()).await
}

#[tokio::test]
async fn sessions_are_found_by_id_and_client_and_only_by_their_caller() {
    let service = Running::start().await;
    let (key, other) = (service.key().await, service.key_for("other", &["*"], &Scope::ALL, None).await);
    let mut ids = Vec::new();
    for number in 0..3 {
        let token = service
            .issue(&key, "eu-open", &format!("k-{number}"), json!({ "client_id": "u 1" }))
            .await
            .ok(201);
        ids.push(token["session_id"].as_str().unwrap().to_owned());
        let session = service.get(&key, &format!("/v1/sessions/{}", ids[number])).await;
        assert_eq!(session.ok(200)["scan_ref"], token["scan_ref"]);
        assert!(
            !session.text().contains("u 1")
                && !session.text().contains(token["auth_token"].as_str().unwrap())
        );
    }
    ids.reverse();
    let found = |list: &Value| -> Vec<String> {
        let sessions = list["sessions"].as_array().unwrap().iter();
        sessions.map(|session| session["session_id"].as_str().unwrap().to_owned()).collect()
    };
    let all = service.get(&key, "/v1/sessions?client_id=u%201").await.ok(200);
    assert_eq!((found(&all), &all["next"]), (ids.clone(), &json!(null)));
    let first = service.get(&key, "/v1/sessions?client_id=u+1&limit=2").await.ok(200);
    assert_eq!((found(&first), first["next"].as_str()), (ids[..2].to_vec(), Some(ids[1].as_str())));
    let path = format!("/v1/sessions?client_id=u%201&limit=2&after={}", ids[1]);
    assert_eq!(found(&service.get(&key, &path).await.ok(200)), ids[2..]);
    // For another caller they do not exist, in the same words as what does not exist at all.
    assert!(found(&service.get(&other, "/v1/sessions?client_id=u%201").await.ok(200)).is_empty());
    service.get(&other, &format!("/v1/sessions/{}", ids[0])).await.problem(404, "session-not-found");
    erase(&service, &other, &ids[0], "?reason=request").await.problem(404, "session-not-found");
    for id in ["x", "01890000000070008000000000000000", "..%2f..%2fetc", "%00", "%ff"] {
        service.get(&key, &format!("/v1/sessions/{id}")).await.problem(404, "session-not-found");
    }
    for query in
        ["", "client_id=", "client_id=%C3%A9", "client_id=u&after=x", "client_id=u&client_id=v", "clientid=u"]
    {
        let answer = service.get(&key, &format!("/v1/sessions?{query}")).await;
        answer.problem(400, "query-invalid");
    }
}

#[tokio::test]
async fn a_session_is_erased_for_a_stated_reason() {
    let service = Running::start().await;
    let key = service.key().await;
    let token = service.issue(&key, "eu-open", "k-1", json!({ "client_id": "u-1" })).await.ok(201);
    let id = token["session_id"].as_str().unwrap();
    for query in ["", "?reason=", "?reason=because", "?reason=request&reason=request", "?why=request"] {
        erase(&service, &key, id, query).await.problem(400, "query-invalid");
    }
    let erased = erase(&service, &key, id, "?reason=request").await.ok(200);
    assert_eq!(erased["session_id"], id);
    // Once more changes nothing, and says when it was done.
    assert_eq!(erase(&service, &key, id, "?reason=mistake").await.ok(200), erased);
    let session = service.get(&key, &format!("/v1/sessions/{id}")).await.ok(200);
    assert_eq!(session["erased_at"], erased["erased_at"]);
    let list = service.get(&key, "/v1/sessions?client_id=u-1").await.ok(200);
    assert_eq!(list["sessions"], json!([]));
}

#[tokio::test]
async fn a_session_that_has_to_be_kept_is_kept() {
    let service = Running::with(Access::Keys, "retention: { keep: 5y, erase_after: 8y }\n").await;
    let key = service.key().await;
    let token = service.issue(&key, "eu-open", "k-1", json!({ "client_id": "u-1" })).await.ok(201);
    let id = token["session_id"].as_str().unwrap();
    let problem = erase(&service, &key, id, "?reason=request").await.problem(409, "session-retained");
    assert_eq!(problem["session_id"], id);
    let session = service.get(&key, &format!("/v1/sessions/{id}")).await.ok(200);
    assert_eq!(session["erased_at"], json!(null));
}
