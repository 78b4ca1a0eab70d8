//! Who may do what: each operation by each scope, and what does not exist for whom.

use axum::body::Body;
use http::{Method, Request};
use kyc_ledger::Scope;
use serde_json::json;

use crate::service::{Key, Running};

/// Every operation that needs a key, with what it needs.
fn operations() -> [(Method, &'static str, Scope); 7] {
    let session = "/v1/sessions/01890000000070008000000000000000";
    [
        (Method::GET, "/v1/policies", Scope::Read),
        (Method::GET, "/v1/policies/eu-open", Scope::Read),
        (Method::POST, "/v1/policies/eu-open/tokens?dry_run=true", Scope::Issue),
        (Method::GET, "/v1/sessions?client_id=u-1", Scope::Read),
        (Method::GET, session, Scope::Read),
        (Method::DELETE, "/v1/sessions/01890000000070008000000000000000?reason=request", Scope::Erase),
        (Method::GET, "/metrics", Scope::Read),
    ]
}

fn request(method: &Method, path: &str) -> http::request::Builder {
    Request::builder().method(method).uri(path).header("content-type", "application/json")
}

#[tokio::test]
async fn each_operation_needs_its_scope_and_no_other() {
    let service = Running::start().await;
    for scope in Scope::ALL {
        let key = service.key_for(scope.as_str(), &["*"], &[scope], None).await;
        let others: Vec<_> = Scope::ALL.into_iter().filter(|other| *other != scope).collect();
        let lacking = service.key_for(&format!("no-{scope}"), &["*"], &others, None).await;
        for (method, path, needed) in operations() {
            let send = async |key: &Key| {
                let body = Body::from(json!({ "client_id": "u-1" }).to_string());
                service.send(key.on(request(&method, path)).body(body).unwrap()).await
            };
            let (may, may_not) = (send(&key).await, send(&lacking).await);
            if needed == scope {
                assert_ne!(may.status, 403, "{scope}: {method} {path}");
                assert_ne!(may.status, 401, "{scope}: {method} {path}");
                may_not.problem(403, "forbidden");
            } else {
                may.problem(403, "forbidden");
                assert_ne!(may_not.status, 403, "all but {scope}: {method} {path}");
            }
        }
    }
}

#[tokio::test]
async fn what_is_no_key_in_force_opens_nothing() {
    let service = Running::start().await;
    let key = service.key().await;
    let revoked = service.key_for("gone", &["*"], &Scope::ALL, None).await;
    let keys = service.engine.ledger().callers().list().await.unwrap();
    let gone = keys.iter().find(|key| key.caller.id.as_str() == "gone").unwrap();
    service.engine.ledger().callers().revoke(gone.name.as_str()).await.unwrap();
    let Key(text) = &key;
    let mut forged = text.clone();
    let last = forged.pop().unwrap();
    forged.push(if last == 'A' { 'B' } else { 'A' });
    for shown in [
        None,
        Some(String::new()),
        Some("Bearer".to_owned()),
        Some("Bearer ".to_owned()),
        Some(text.clone()),
        Some(format!("Basic {text}")),
        Some(format!("Bearer {forged}")),
        Some(format!("Bearer {text} {text}")),
        Some(format!("Bearer {}", revoked.0)),
        Some("Bearer kyc_é".to_owned()),
        Some(format!("Bearer {}", "x".repeat(5_000))),
    ] {
        for (method, path, _) in operations() {
            let mut request = request(&method, path);
            if let Some(shown) = &shown {
                request = request.header("authorization", shown.as_bytes());
            }
            let answer = service.send(request.body(Body::from("{}")).unwrap()).await;
            answer.problem(401, "unauthenticated");
            assert_eq!(answer.header("www-authenticate"), Some("Bearer realm=\"kyc\""));
            assert!(!answer.text().contains("kyc_"), "a key is repeated: {}", answer.text());
        }
    }
    // Twice the same is not once.
    let twice = key.on(key.on(Request::get("/v1/policies"))).body(Body::empty()).unwrap();
    service.send(twice).await.problem(401, "unauthenticated");
    // Schemes have no case, and what is open needs no key.
    let lower = Request::get("/v1/policies").header("authorization", format!("bearer  {text}"));
    service.send(lower.body(Body::empty()).unwrap()).await.ok(200);
    for path in ["/healthz", "/readyz", "/openapi.json", "/docs/"] {
        let answer = service.send(Request::get(path).body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, 200, "{path}");
    }
}

#[tokio::test]
async fn what_is_for_others_does_not_exist() {
    let service = Running::start().await;
    let key = service.key_for("shop", &["us-*"], &Scope::ALL, None).await;
    let list = service.get(&key, "/v1/policies").await.ok(200);
    assert_eq!(list["policies"].as_array().unwrap().len(), 1);
    // The two differ in nothing but the name that was asked for, and in the ids of the requests.
    let told = async |name: &str| {
        let one = service.get(&key, &format!("/v1/policies/{name}")).await;
        let issued = service.issue(&key, name, "k-1", json!({ "client_id": "u-1" })).await;
        [one, issued].map(|answer| {
            let document = answer.problem(404, "policy-not-found");
            let id = answer.header("x-request-id").unwrap();
            let names: Vec<_> = answer.headers.keys().map(|name| name.as_str().to_owned()).collect();
            (names, document.to_string().replace(id, "ID").replace(name, "NAME"))
        })
    };
    assert_eq!(told("eu-strict").await, told("eu-strikt").await);
    for (name, suggested) in [("us-basik", Some("us-basic")), ("eu-ope", None), ("eu-open", None)] {
        let answer = service.get(&key, &format!("/v1/policies/{name}")).await;
        let detail = answer.problem(404, "policy-not-found")["detail"].as_str().unwrap().to_owned();
        assert_eq!(detail.contains("did you mean"), suggested.is_some(), "{detail}");
        assert!(!detail.replace(name, "").contains("eu-"), "{detail}");
    }
    // Figures tell of all policies.
    service.get(&key, "/metrics").await.problem(403, "forbidden");
}

#[tokio::test]
async fn callers_have_rates_of_their_own() {
    let service = Running::start().await;
    let slow = service.key_for("slow", &["*"], &Scope::ALL, Some(2)).await;
    let other = service.key_for("other", &["*"], &Scope::ALL, Some(2)).await;
    service.get(&slow, "/v1/policies").await.ok(200);
    // Another key of the same caller shares its rate.
    let second = service.key_for("slow", &["*"], &Scope::ALL, Some(2)).await;
    service.get(&second, "/v1/policies").await.ok(200);
    let answer = service.get(&slow, "/v1/policies").await;
    answer.problem(429, "rate-limited");
    let wait: u64 = answer.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=30).contains(&wait), "{wait}");
    service.get(&other, "/v1/policies").await.ok(200);
}
