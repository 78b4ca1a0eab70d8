//! What becomes of a session after it was created, over real HTTP.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests may panic as tests do")]

use std::time::Duration;

use kyc_sandbox::{Running, SECONDS_LATER_HEADER, Sandbox, Scenario};
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::{Value, json};

async fn start() -> Running {
    Sandbox::builder().build().start().await.unwrap()
}

fn request(running: &Running, method: Method, path: &str) -> RequestBuilder {
    let client = Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let url =
        if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", running.base_url()) };
    client.request(method, url).basic_auth("sandbox-key", Some("sandbox-secret"))
}

fn post(running: &Running, path: &str, body: &Value) -> RequestBuilder {
    let request = request(running, Method::POST, path);
    request.header("content-type", "application/json").body(body.to_string())
}

/// Status and body; null for an empty one.
async fn answer(request: RequestBuilder) -> (u16, Value) {
    let response: Response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let body = response.bytes().await.unwrap();
    (status, if body.is_empty() { Value::Null } else { serde_json::from_slice(&body).unwrap() })
}

/// Creates a session with these parameters beside `clientId`, and returns its reference.
async fn create(running: &Running, client_id: &str, more: Value) -> String {
    let mut body = more;
    body["clientId"] = json!(client_id);
    let (status, got) = answer(post(running, "/api/v2/token", &body)).await;
    assert_eq!(status, 201, "{got}");
    got["scanRef"].as_str().unwrap().to_owned()
}

async fn of(running: &Running, call: &str, scan_ref: &str) -> (u16, Value) {
    answer(post(running, &format!("/api/v2/{call}"), &json!({ "scanRef": scan_ref }))).await
}

async fn list(running: &Running, query: &str) -> (u16, Value) {
    answer(request(running, Method::GET, &format!("/kyc/identifications/{query}"))).await
}

#[tokio::test]
async fn a_new_session_is_active_and_has_no_data() {
    let running = start().await;
    let scan_ref = create(&running, "u-1", json!({ "firstName": "Zelda" })).await;
    let expected = json!({
        "status": "ACTIVE", "autoDocument": null, "autoFace": null, "manualDocument": null, "manualFace": null,
        "fraudTags": [], "mismatchTags": [], "scanRef": scan_ref, "clientId": "u-1",
    });
    assert_eq!(of(&running, "status", &scan_ref).await, (200, expected));
    let (status, data) = of(&running, "data", &scan_ref).await;
    assert_eq!((status, &data["scanRef"], &data["clientId"]), (200, &json!(scan_ref), &json!("u-1")));
    let fields = data.as_object().unwrap();
    assert_eq!(fields.len(), 39);
    assert!(fields.iter().all(|(name, value)| value.is_null() || ["scanRef", "clientId"].contains(&&**name)));
    running.shutdown().await;
}

#[tokio::test]
async fn a_dummy_status_ends_it_with_results_to_match() {
    let running = start().await;
    for (dummy, token_type, document, face, tags) in [
        ("APPROVED", "IDENTIFICATION", json!("DOC_VALIDATED"), json!("FACE_MATCH"), json!([])),
        ("DENIED", "IDENTIFICATION", json!("DOC_VALIDATED"), json!("FACE_MISMATCH"), json!([])),
        ("SUSPECTED", "IDENTIFICATION", json!("DOC_VALIDATED"), json!("FACE_MATCH"), json!(["NAME"])),
        ("EXPIRED", "IDENTIFICATION", json!(null), json!(null), json!([])),
        ("APPROVED", "DOCUMENT", json!("DOC_VALIDATED"), json!("FACE_NOT_CHECKED"), json!([])),
        ("DENIED", "DOCUMENT", json!("DOC_EXPIRED"), json!("FACE_NOT_CHECKED"), json!([])),
        ("EXPIRED", "DOCUMENT", json!(null), json!(null), json!([])),
    ] {
        let asked = json!({ "dummyStatus": dummy, "tokenType": token_type });
        let scan_ref = create(&running, "u-1", asked).await;
        let (_, got) = of(&running, "status", &scan_ref).await;
        assert_eq!(got["status"], dummy);
        assert_eq!((&got["autoDocument"], &got["autoFace"]), (&document, &face), "{dummy} {token_type}");
        assert_eq!((&got["mismatchTags"], &got["manualFace"]), (&tags, &Value::Null));
    }
    running.shutdown().await;
}

#[tokio::test]
async fn a_document_shows_what_was_given_and_a_sample_of_the_rest() {
    let running = start().await;
    let asked = json!({
        "dummyStatus": "APPROVED", "firstName": "Jöhn", "lastName": "Doe", "dateOfBirth": "1987-06-05", "sex": "F",
        "country": ["lt", "US"], "documents": ["ID_CARD"], "personalNumber": "123", "address": "1 Main St",
        "additionalSteps": { "ALL": { "ALL": { "BILL": {} } } },
        "additionalData": { "BILL": { "address": "1 Main St" } },
    });
    let (_, got) = of(&running, "data", &create(&running, "u-1", asked).await).await;
    for (name, value) in [
        ("docFirstName", json!("JÖHN")),
        ("fullName", json!("JÖHN DOE")),
        ("docDob", json!("1987-06-05")),
        ("docSex", json!("FEMALE")),
        ("docIssuingCountry", json!("LT")),
        ("docType", json!("ID_CARD")),
        ("docPersonalCode", json!("123")),
        ("address", json!("1 Main St")),
        ("docNumber", json!("00000000")),
        ("birthPlace", json!(null)),
        ("additionalData", json!({ "BILL": { "address": { "value": "1 Main St", "status": "MATCH" } } })),
    ] {
        assert_eq!(got[name], value, "{name}");
    }
    running.shutdown().await;
}

#[tokio::test]
async fn a_session_is_deleted_once_its_token_is_dead() {
    let alive = json!({
        "message": "Token has not expired yet.", "identifier": "PARTNER_ERROR", "documentation": "",
        "severity": "NOT_SEVERE",
    });
    let running = start().await;
    let scan_ref = create(&running, "u-1", json!({ "expiryTime": 60, "firstName": "Zelda" })).await;
    assert_eq!(of(&running, "delete", &scan_ref).await, (400, alive.clone()));

    // For one request the token is dead.
    let status = post(&running, "/api/v2/status", &json!({ "scanRef": scan_ref }));
    assert_eq!(answer(status.header(SECONDS_LATER_HEADER, "60")).await.1["status"], "EXPIRED");
    assert_eq!(of(&running, "status", &scan_ref).await.1["status"], "ACTIVE");

    running.advance(Duration::from_secs(30));
    assert_eq!(of(&running, "delete", &scan_ref).await, (400, alive));
    running.advance(Duration::from_secs(30));
    assert_eq!(of(&running, "status", &scan_ref).await.1["status"], "EXPIRED");
    assert_eq!(of(&running, "delete", &scan_ref).await, (200, Value::Null));
    assert_eq!(of(&running, "status", &scan_ref).await.1["status"], "EXPIRED-DELETED");
    assert_eq!(of(&running, "delete", &scan_ref).await, (200, Value::Null));

    // A dummy status has used the token up; deleting takes the data along.
    let dummy = create(&running, "u-1", json!({ "dummyStatus": "APPROVED" })).await;
    assert_eq!(of(&running, "data", &dummy).await.1["docFirstName"], "JOHN");
    assert_eq!(of(&running, "delete", &dummy).await, (200, Value::Null));
    assert_eq!(of(&running, "data", &dummy).await.1["docFirstName"], Value::Null);
    let (_, got) = of(&running, "status", &dummy).await;
    assert_eq!((&got["status"], &got["autoFace"]), (&json!("DELETED"), &Value::Null));
    let ran_out = create(&running, "u-1", json!({ "dummyStatus": "EXPIRED" })).await;
    assert_eq!(of(&running, "delete", &ran_out).await, (200, Value::Null));
    assert_eq!(of(&running, "status", &ran_out).await.1["status"], "EXPIRED-DELETED");
    running.shutdown().await;
}

#[tokio::test]
async fn sessions_that_have_ended_can_be_archived() {
    let sandbox = Sandbox::builder().scenario(Scenario::Archived).build();
    let running = sandbox.start().await.unwrap();
    let alive = create(&running, "u-1", json!({ "expiryTime": 60 })).await;
    let suspected = create(&running, "u-1", json!({ "dummyStatus": "SUSPECTED" })).await;
    for (scan_ref, status) in [(&alive, "ACTIVE"), (&suspected, "ARCHIVED")] {
        assert_eq!(of(&running, "status", scan_ref).await.1["status"], status);
    }
    let rows = list(&running, "?clientId=u-1").await.1["results"].clone();
    assert_eq!(rows[0], json!({ "scanRef": suspected, "status": "ARCHIVED", "suspected": true }));
    assert_eq!(rows[1]["status"], "ACTIVE");
    running.advance(Duration::from_mins(1));
    assert_eq!(of(&running, "status", &alive).await.1["status"], "ARCHIVED");
    assert_eq!(of(&running, "delete", &suspected).await, (200, Value::Null));
    assert_eq!(of(&running, "status", &suspected).await.1["status"], "DELETED");
    running.shutdown().await;
}

#[tokio::test]
async fn sessions_are_listed_by_client_and_page() {
    let running = start().await;
    let mut of_client = Vec::new();
    for index in 0..5 {
        let asked = if index == 0 { json!({ "dummyStatus": "SUSPECTED" }) } else { json!({}) };
        of_client.insert(0, create(&running, "a b&c", asked).await);
    }
    create(&running, "other", json!({})).await;
    let refs = |got: &Value| -> Vec<String> {
        let rows = got["results"].as_array().unwrap();
        rows.iter().map(|row| row["scanRef"].as_str().unwrap().to_owned()).collect()
    };

    let (status, got) = list(&running, "?clientId=a%20b%26c").await;
    assert_eq!((status, &got["count"], refs(&got)), (200, &json!(5), of_client.clone()));
    assert_eq!((&got["next"], &got["previous"]), (&Value::Null, &Value::Null));
    let last = &got["results"][4];
    assert_eq!(last, &json!({ "scanRef": of_client[4], "status": "SUSPECTED", "suspected": true }));
    assert_eq!(got["results"][0]["suspected"], false);

    // The addresses of the neighbouring pages lead through the whole list and back.
    let mut seen = Vec::new();
    let mut next = json!("/kyc/identifications/?clientId=a+b%26c&perPage=2");
    let mut previous = Value::Null;
    while let Some(address) = next.as_str() {
        let (_, got) = answer(request(&running, Method::GET, address)).await;
        seen.extend(refs(&got));
        (next, previous) = (got["next"].clone(), got["previous"].clone());
    }
    assert_eq!(seen, of_client);
    let expected = format!("{}/kyc/identifications/?clientId=a%20b%26c&page=2&perPage=2", running.base_url());
    assert_eq!(previous, expected);

    for (query, count, results) in [
        ("", 6, 6),
        ("?perPage=1", 6, 1),
        ("?clientId=nobody", 0, 0),
        ("?clientId=other&page=2", 1, 0),
        ("?page=18446744073709551615&perPage=100", 6, 0),
    ] {
        let (status, got) = list(&running, query).await;
        assert_eq!((status, &got["count"], refs(&got).len()), (200, &json!(count), results), "{query}");
        assert_eq!(got["next"].is_null(), query != "?perPage=1", "{query}");
    }
    running.shutdown().await;
}

#[tokio::test]
async fn refusals() {
    let running = start().await;
    let scan_ref = create(&running, "u-1", json!({})).await;
    let unknown = "Field 'scanRef' must be of a known verification.";
    for call in ["status", "data", "delete"] {
        let path = format!("/api/v2/{call}");
        assert_eq!(
            of(&running, call, "328c6766-934e-11ed-bb9b-025ad99a18e7").await,
            (400, json!({ "identifier": "BAD_VALUE", "message": unknown }))
        );
        for (body, identifier) in [
            ("{", "JSON_ERROR"),
            ("{}", "MISSING_VALUE"),
            (r#"{"scanRef":5}"#, "BAD_VALUE"),
            (r#"{"scanRef":""}"#, "BAD_VALUE"),
            (r#"{"scanRef":"a","scanRef":"a"}"#, "BAD_VALUE"),
            (r#"{"scanRef":"a","other":1}"#, "BAD_VALUE"),
        ] {
            let sent = request(&running, Method::POST, &path).header("content-type", "application/json");
            let (status, got) = answer(sent.body(body)).await;
            assert_eq!((status, &got["identifier"]), (400, &json!(identifier)), "{path} {body}");
        }
        let body = json!({ "scanRef": scan_ref });
        let untyped = request(&running, Method::POST, &path).body(body.to_string());
        assert_eq!(answer(untyped).await.1["identifier"], "JSON_ERROR");
        let when = post(&running, &path, &body).header(SECONDS_LATER_HEADER, "soon");
        assert_eq!(answer(when).await.1["identifier"], "BAD_VALUE");
        assert_eq!(answer(post(&running, &format!("{path}/"), &body)).await.0, 404);
        let response = request(&running, Method::GET, &path).send().await.unwrap();
        assert_eq!(
            (response.status().as_u16(), &response.headers()["allow"]),
            (405, &"POST".parse().unwrap())
        );
    }
    for query in [
        "?page=0",
        "?page=-1",
        "?page=%2B1",
        "?perPage=0",
        "?perPage=101",
        "?perPage=",
        "?clientId=",
        "?clientId=a&clientId=a",
        "?client_id=a",
    ] {
        let (status, got) = list(&running, query).await;
        assert_eq!((status, &got["identifier"]), (400, &json!("BAD_VALUE")), "{query}");
    }
    let slashless = request(&running, Method::GET, "/kyc/identifications?clientId=u-1");
    assert_eq!(answer(slashless).await.0, 404);
    let posted = post(&running, "/kyc/identifications/", &json!({}));
    assert_eq!(answer(posted).await.0, 405);
    running.shutdown().await;
}

#[tokio::test]
async fn scenarios_that_concern_every_call_do() {
    let running = start().await;
    let scan_ref = create(&running, "u-1", json!({ "dummyStatus": "APPROVED" })).await;
    let calls = |scenario: Scenario| {
        let body = json!({ "scanRef": scan_ref });
        [
            post(&running, "/api/v2/status", &body),
            post(&running, "/api/v2/data", &body),
            request(&running, Method::GET, "/kyc/identifications/?clientId=u-1"),
            post(&running, "/api/v2/delete", &body),
        ]
        .map(|call| call.header("x-sandbox-scenario", scenario.name()))
    };
    for (scenario, expected) in [
        (Scenario::RateLimited, 429),
        (Scenario::Unauthorized, 401),
        (Scenario::Forbidden, 403),
        (Scenario::ServerError, 500),
        (Scenario::Redirect, 307),
        (Scenario::UnknownFields, 200),
        (Scenario::InsufficientFunds, 200),
        (Scenario::CodeError, 200),
        (Scenario::TokenLimit, 200),
        (Scenario::Conflict, 200),
        (Scenario::LegacyError, 200),
        (Scenario::Production, 200),
        (Scenario::Archived, 200),
        (Scenario::Weaker, 200),
        (Scenario::Legacy, 200),
        (Scenario::NullDigits, 200),
    ] {
        for call in calls(scenario) {
            assert_eq!(call.send().await.unwrap().status(), expected, "{scenario}");
        }
    }
    for call in calls(Scenario::Garbage) {
        let body = call.send().await.unwrap().bytes().await.unwrap();
        assert!(serde_json::from_slice::<Value>(&body).is_err());
    }
    for call in calls(Scenario::Reset) {
        let response = call.send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert!(response.bytes().await.is_err());
    }
    let [status, ..] = calls(Scenario::UnknownFields);
    assert_eq!(answer(status).await.1["sandboxNewFlag"], true);
    let stranger = Client::builder().no_proxy().build().unwrap();
    let response = stranger.get(format!("{}/kyc/identifications/", running.base_url())).send().await;
    assert_eq!(response.unwrap().status(), 401);
    running.shutdown().await;
}

#[tokio::test]
async fn a_session_exists_although_its_answer_broke() {
    let running = start().await;
    for scenario in [Scenario::Reset, Scenario::Garbage] {
        let body = json!({ "clientId": scenario.name() });
        let sent = post(&running, "/api/v2/token", &body).header("x-sandbox-scenario", scenario.name());
        assert_eq!(sent.send().await.unwrap().status(), 201);
        assert_eq!(list(&running, &format!("?clientId={scenario}")).await.1["count"], 1);
    }
    let refused = post(&running, "/api/v2/token", &json!({ "clientId": "c" }));
    refused.header("x-sandbox-scenario", "conflict").send().await.unwrap();
    assert_eq!(list(&running, "?clientId=c").await.1["count"], 0);
    running.shutdown().await;
}
