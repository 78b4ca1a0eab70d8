//! The stand-in over real HTTP.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests may panic as tests do")]

use std::collections::BTreeSet;
use std::time::Duration;

use kyc_sandbox::{HUGE_BYTES, MAX_BODY_BYTES, Running, Sandbox, Scenario, TOKEN_REQUEST_SCHEMA};
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::{Value, json};

/// Far above what any test waits for.
const NEVER: Duration = Duration::from_hours(1);

async fn start() -> Running {
    Sandbox::builder().build().start().await.unwrap()
}

fn client() -> Client {
    Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

fn post(running: &Running, body: impl Into<reqwest::Body>) -> RequestBuilder {
    client()
        .post(format!("{}/api/v2/token", running.base_url()))
        .basic_auth("sandbox-key", Some("sandbox-secret"))
        .header("content-type", "application/json")
        .body(body)
}

/// Sends `{"clientId":"u-1"}` and more under a scenario.
async fn send(running: &Running, scenario: Scenario, more: Value) -> Response {
    let mut body = json!({ "clientId": "u-1" });
    for (name, value) in more.as_object().unwrap() {
        body[name] = value.clone();
    }
    post(running, body.to_string()).header("X-Sandbox-Scenario", scenario.name()).send().await.unwrap()
}

async fn answer(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    (status, serde_json::from_slice(&response.bytes().await.unwrap()).unwrap())
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[tokio::test]
async fn a_session_echoes_the_request_and_fills_in_defaults() {
    let running = start().await;
    let (status, got) = answer(send(&running, Scenario::Normal, json!({})).await).await;
    assert_eq!(status, 201);
    assert_eq!(got["message"], "Token created successfully");
    assert_eq!((&got["clientId"], &got["personScanRef"]), (&json!("u-1"), &json!("u-1")));
    assert_eq!((&got["expiryTime"], &got["sessionLength"]), (&json!(3600), &json!(600)));
    assert_eq!((&got["tokenType"], &got["locale"]), (&json!("IDENTIFICATION"), &json!("en")));
    for null in ["digitString", "successUrl", "errorUrl", "unverifiedUrl", "callbackUrl", "country"] {
        assert_eq!(got[null], Value::Null, "{null}");
    }
    assert_eq!(got["allowedDocuments"]["ALL"], got["documents"]);

    let token = got["authToken"].as_str().unwrap();
    assert!(token.len() == 40 && token.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    assert_eq!(got["redirectUrl"], format!("{}/api/v2/redirect?authToken={token}", running.base_url()));
    assert_eq!(got["scanRef"].as_str().unwrap().len(), 36);

    let schema: Value = serde_json::from_str(TOKEN_REQUEST_SCHEMA).unwrap();
    let mut expected = keys(&schema["properties"]);
    let silent =
        ["dummyStatus", "generateDigitString", "questionnaireRequired", "ageLimit", "ageMax", "nfcOptional"];
    expected.retain(|name| !silent.contains(name));
    expected.extend([
        "message",
        "authToken",
        "scanRef",
        "redirectUrl",
        "personScanRef",
        "allowedDocuments",
        "digitString",
    ]);
    assert_eq!(expected.len(), 65);
    assert_eq!(keys(&got), expected);
    running.shutdown().await;
}

#[tokio::test]
async fn the_echo_differs_where_the_vendor_s_does() {
    let running = start().await;
    let more = json!({
        "firstName": "Jöhn", "lastName": "Sample Butch", "nationality": "lt", "country": ["lt", "US"],
        "documents": ["PASSPORT"], "generateDigitString": true, "ageLimit": 18, "dummyStatus": "APPROVED",
        "utilityBill": true, "checkAml": true, "successUrl": "https://example.com/ok",
    });
    let (status, got) = answer(send(&running, Scenario::Normal, more).await).await;
    assert_eq!(status, 201);
    assert_eq!(got["message"], "Dummy token and verification created successfully");
    assert_eq!((&got["firstName"], &got["lastName"]), (&json!("JÖHN"), &json!("SAMPLE BUTCH")));
    assert_eq!((&got["nationality"], &got["country"]), (&json!("LT"), &json!(["lt", "US"])));
    assert_eq!(got["allowedDocuments"], json!({ "ALL": ["PASSPORT"] }));
    assert_eq!((&got["checkAml"], &got["successUrl"]), (&json!(true), &json!("https://example.com/ok")));
    assert_eq!(got["additionalSteps"], json!({ "ALL": { "ALL": { "UTILITY_BILL": {} } } }));
    let digits = got["digitString"].as_str().unwrap();
    assert!(digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit()));

    let (_, got) = answer(send(&running, Scenario::Normal, json!({ "nationality": "all" })).await).await;
    assert_eq!(got["nationality"], Value::Null);
    running.shutdown().await;
}

#[tokio::test]
async fn refusals_over_http() {
    let running = start().await;
    let bad_country = answer(send(&running, Scenario::Normal, json!({ "country": "ZZ" })).await).await;
    let message = "Field 'country' must be a valid ISO 3166-1 alpha-2 code, an array of them or null.";
    assert_eq!(bad_country, (400, json!({ "identifier": "BAD_VALUE", "message": message })));

    for (body, identifier) in
        [("{}", "MISSING_VALUE"), ("{", "JSON_ERROR"), (r#"{"clientId":"a","clientId":"a"}"#, "BAD_VALUE")]
    {
        let (status, got) = answer(post(&running, body).send().await.unwrap()).await;
        assert_eq!((status, &got["identifier"]), (400, &json!(identifier)));
    }
    let (status, got) = answer(post(&running, &b"\xFF"[..]).send().await.unwrap()).await;
    assert_eq!((status, &got["identifier"]), (400, &json!("ENCODING_ERROR")));

    let untyped = client()
        .post(format!("{}/api/v2/token", running.base_url()))
        .basic_auth("sandbox-key", Some("sandbox-secret"))
        .body(r#"{"clientId":"u-1"}"#);
    let (status, got) = answer(untyped.send().await.unwrap()).await;
    assert_eq!((status, &got["identifier"]), (400, &json!("JSON_ERROR")));

    let fits = " ".repeat(MAX_BODY_BYTES - 18) + r#"{"clientId":"u-1"}"#;
    assert_eq!(post(&running, fits.clone()).send().await.unwrap().status(), 201);
    let (status, got) = answer(post(&running, fits + " ").send().await.unwrap()).await;
    assert_eq!((status, keys(&got)), (413, BTreeSet::from(["message"])));
    running.shutdown().await;
}

#[tokio::test]
async fn only_the_key_pair_is_let_in() {
    let sandbox = Sandbox::builder().credentials("my-key", "my-secret").build();
    assert!(!format!("{sandbox:?}").contains("my-secret"));
    let running = sandbox.start().await.unwrap();
    assert!(!format!("{running:?}").contains("my-secret"));
    let url = format!("{}/api/v2/token", running.base_url());
    let request =
        || client().post(&url).header("content-type", "application/json").body(r#"{"clientId":"u-1"}"#);
    for (sent, expected) in [
        (request(), 401),
        (request().basic_auth("my-key", Some("wrong")), 401),
        (request().basic_auth("sandbox-key", Some("sandbox-secret")), 401),
        (request().bearer_auth("my-secret"), 401),
        (request().basic_auth("my-key", Some("my-secret")), 201),
    ] {
        let (status, got) = answer(sent.send().await.unwrap()).await;
        assert_eq!(status, expected);
        if status == 401 {
            assert_eq!(got, json!({ "message": "Invalid authorization credentials" }));
        }
    }
    // The key pair is checked before the body and before most scenarios.
    let refused = client().post(&url).header("X-Sandbox-Scenario", "server-error").body("{").send();
    assert_eq!(refused.await.unwrap().status(), 401);
    running.shutdown().await;
}

#[tokio::test]
async fn wrong_paths_and_verbs() {
    let running = start().await;
    for path in ["/", "/api/v2/token/", "/api/v2/Token", "//api/v2/token"] {
        let response = client().post(format!("{}{path}", running.base_url())).send().await.unwrap();
        assert_eq!(response.status(), 404, "{path}");
    }
    for (method, path, allowed) in [
        (Method::GET, "/api/v2/token", "POST"),
        (Method::PUT, "/api/v2/token", "POST"),
        (Method::POST, "/api/v2/redirect", "GET, HEAD"),
    ] {
        let url = format!("{}{path}", running.base_url());
        let response = client().request(method, url).send().await.unwrap();
        assert_eq!(response.headers().get_all("allow").iter().collect::<Vec<_>>(), [allowed]);
        let (status, got) = answer(response).await;
        assert_eq!((status, &got["identifier"]), (405, &json!("METHOD_NOT_ALLOWED")));
    }
    running.shutdown().await;
}

#[tokio::test]
async fn error_scenarios() {
    let running = start().await;
    let identified = |identifier, message| json!({ "identifier": identifier, "message": message });
    let funds = "Action not allowed due to lack of funds or exceeded limit.";
    for (scenario, status, body) in [
        (Scenario::RateLimited, 429, identified("TOO_MANY_REQUESTS", "Too many requests.")),
        (Scenario::InsufficientFunds, 402, json!({ "message": funds })),
        (Scenario::TokenLimit, 400, identified("PERMISSIONS_ERROR", "Partner reached token limit.")),
        (Scenario::Unauthorized, 401, json!({ "message": "Invalid authorization credentials" })),
        (Scenario::Forbidden, 403, json!({ "message": "Partner inactive" })),
        (Scenario::Conflict, 409, json!({ "message": "Client ID already exists" })),
        (Scenario::ServerError, 500, identified("INTERNAL_ERROR", "Internal error.")),
        (
            Scenario::CodeError,
            402,
            json!({ "message": funds, "code": "insufficient_finances", "detail": {} }),
        ),
    ] {
        let response = send(&running, scenario, json!({})).await;
        assert!(!response.headers().contains_key("retry-after"));
        assert_eq!(answer(response).await, (status, body), "{scenario}");
    }
    let (status, got) = answer(send(&running, Scenario::LegacyError, json!({})).await).await;
    assert_eq!(status, 400);
    assert_eq!(keys(&got), BTreeSet::from(["documentation", "identifier", "message", "severity"]));

    let response = send(&running, Scenario::RateLimitedRetryAfter, json!({})).await;
    assert_eq!(
        (response.status().as_u16(), &response.headers()["retry-after"]),
        (429, &"1".parse().unwrap())
    );
    running.shutdown().await;
}

#[tokio::test]
async fn a_dummy_status_is_for_development_environments() {
    let running = start().await;
    let message = "This endpoint is not available for PRODUCTION partners.";
    let refused = (400, json!({ "identifier": "PERMISSIONS_ERROR", "message": message }));
    let dummy = json!({ "dummyStatus": "APPROVED" });
    assert_eq!(answer(send(&running, Scenario::Production, dummy.clone()).await).await, refused);
    // A body that is wrong in itself is refused for that.
    let wrong = json!({ "dummyStatus": "ACTIVE" });
    let (_, got) = answer(send(&running, Scenario::Production, wrong).await).await;
    assert_eq!(got["identifier"], "BAD_VALUE");
    // Without a dummy status production is as good as any other environment.
    let (status, got) = answer(send(&running, Scenario::Production, json!({})).await).await;
    assert_eq!((status, &got["message"]), (201, &json!("Token created successfully")));
    let (status, got) = answer(send(&running, Scenario::Normal, dummy).await).await;
    assert_eq!((status, &got["message"]), (201, &json!("Dummy token and verification created successfully")));
    assert!(!keys(&got).contains("dummyStatus"));
    running.shutdown().await;
}

#[tokio::test]
async fn rate_limited_at_first() {
    let sandbox = Sandbox::builder().scenario(Scenario::RateLimitedOnce).rate_limited_first(2).build();
    let running = sandbox.start().await.unwrap();
    let mut statuses = Vec::new();
    for _ in 0..4 {
        let response = post(&running, r#"{"clientId":"u-1"}"#).send().await.unwrap();
        statuses.push(response.status().as_u16());
    }
    assert_eq!(statuses, [429, 429, 201, 201]);
    running.shutdown().await;
}

#[tokio::test]
async fn slow_answers_late_and_stops_early() {
    let sandbox = Sandbox::builder().slow_delay(Duration::ZERO).build();
    let running = sandbox.start().await.unwrap();
    assert_eq!(send(&running, Scenario::Slow, json!({})).await.status(), 201);
    running.shutdown().await;

    let running = Sandbox::builder().slow_delay(NEVER).build().start().await.unwrap();
    let request = post(&running, r#"{"clientId":"u-1"}"#).header("X-Sandbox-Scenario", "slow");
    let waiting = tokio::spawn(request.send());
    while running.received().is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(running.received()[0].status, None);
    running.shutdown().await;
    assert_eq!(waiting.await.unwrap().unwrap().status(), 201);
}

#[tokio::test]
async fn broken_bodies() {
    let running = start().await;
    let response = send(&running, Scenario::Garbage, json!({})).await;
    assert_eq!(response.status(), 201);
    assert_eq!(response.headers()["content-type"], "application/json");
    assert!(serde_json::from_slice::<Value>(&response.bytes().await.unwrap()).is_err());

    let mut response = send(&running, Scenario::Reset, json!({})).await;
    assert_eq!(response.status(), 201);
    let announced = response.content_length().unwrap();
    let mut seen = 0;
    let end = loop {
        match response.chunk().await {
            Ok(Some(chunk)) => seen += chunk.len() as u64,
            end => break end,
        }
    };
    assert!(end.is_err());
    assert_eq!(seen, announced / 2);

    let mut response = send(&running, Scenario::Huge, json!({})).await;
    assert_eq!((response.status().as_u16(), response.content_length()), (201, None));
    let mut seen = 0;
    while let Some(chunk) = response.chunk().await.unwrap() {
        seen += chunk.len();
    }
    assert!(seen >= HUGE_BYTES);

    // A caller that leaves early does no harm.
    drop(send(&running, Scenario::Huge, json!({})).await);
    assert_eq!(send(&running, Scenario::Normal, json!({})).await.status(), 201);
    running.shutdown().await;
}

#[tokio::test]
async fn bent_answers() {
    let running = start().await;
    let asked = json!({
        "country": "LT", "documents": ["PASSPORT"], "checkLiveness": true, "expiryTime": 60, "sessionLength": 60,
    });
    let (status, got) = answer(send(&running, Scenario::Weaker, asked).await).await;
    assert_eq!((status, &got["checkLiveness"], &got["country"]), (201, &json!(false), &Value::Null));
    assert!(got.as_object().unwrap().values().all(|value| *value != true));
    assert_eq!(got["documents"].as_array().unwrap().len(), 23);
    assert_eq!(got["allowedDocuments"]["ALL"], got["documents"]);
    assert_eq!((&got["expiryTime"], &got["sessionLength"]), (&json!(2_592_000), &json!(3600)));

    let (status, got) = answer(send(&running, Scenario::Legacy, json!({})).await).await;
    assert_eq!((status, got["tokenString"].as_str().unwrap().len()), (200, 40));
    for absent in ["authToken", "redirectUrl"] {
        assert!(!keys(&got).contains(absent));
    }
    assert_eq!((&got["digitString"], &got["videoCallQuestions"]), (&Value::Null, &json!([])));
    let digits = json!({ "generateDigitString": true });
    let (_, got) = answer(send(&running, Scenario::Legacy, digits).await).await;
    assert_eq!(got["digitString"].as_str().unwrap().len(), 7);

    let digits = json!({ "generateDigitString": true });
    let (_, got) = answer(send(&running, Scenario::NullDigits, digits).await).await;
    assert_eq!(got["digitString"], Value::Null);

    let (_, plain) = answer(send(&running, Scenario::Normal, json!({})).await).await;
    let (_, got) = answer(send(&running, Scenario::UnknownFields, json!({})).await).await;
    assert!(keys(&got).is_superset(&keys(&plain)) && keys(&got).len() > 65);
    running.shutdown().await;
}

#[tokio::test]
async fn a_followed_redirect_shows() {
    let running = start().await;
    let response = send(&running, Scenario::Redirect, json!({})).await;
    assert_eq!(response.status(), 307);
    let elsewhere = response.headers()["location"].to_str().unwrap().to_owned();
    assert_eq!(client().post(elsewhere).send().await.unwrap().status(), 404);
    let paths: Vec<_> = running.received().into_iter().map(|received| received.path).collect();
    assert_eq!(paths, ["/api/v2/token", "/elsewhere"]);
    running.shutdown().await;
}

#[tokio::test]
async fn unknown_scenarios_are_refused_with_a_list() {
    let running = start().await;
    for name in ["nonsense", "", "Normal"] {
        let request = post(&running, r#"{"clientId":"u-1"}"#).header("X-Sandbox-Scenario", name);
        let (status, got) = answer(request.send().await.unwrap()).await;
        assert_eq!((status, &got["identifier"]), (400, &json!("BAD_VALUE")));
        let message = got["message"].as_str().unwrap();
        assert!(Scenario::ALL.iter().all(|scenario| message.contains(scenario.name())));
    }
    let request = post(&running, r#"{"clientId":"u-1"}"#)
        .header("X-Sandbox-Scenario", "normal")
        .header("X-Sandbox-Scenario", "slow");
    assert_eq!(request.send().await.unwrap().status(), 400);
    running.shutdown().await;
}

#[tokio::test]
async fn what_arrived_is_recorded_without_secrets() {
    let running = start().await;
    assert!(running.received().is_empty());
    send(&running, Scenario::Normal, json!({ "externalRef": "r" })).await;
    post(&running, "{").send().await.unwrap();
    let url = format!("{}/api/v2/redirect?authToken=hidden", running.base_url());
    client().get(url).send().await.unwrap();

    let received = running.received();
    let seen: Vec<_> = received.iter().map(|one| (one.path.as_str(), one.status)).collect();
    let expected =
        [("/api/v2/token", Some(201)), ("/api/v2/token", Some(400)), ("/api/v2/redirect", Some(404))];
    assert_eq!(seen, expected);
    assert_eq!(received[0].body, json!({ "clientId": "u-1", "externalRef": "r" }));
    assert_eq!((&received[1].body, received[0].scenario), (&Value::Null, Scenario::Normal));
    assert!(!format!("{received:?}").contains("hidden"));
    running.shutdown().await;
}

#[tokio::test]
async fn the_redirect_page() {
    let running = start().await;
    let (_, got) = answer(send(&running, Scenario::Normal, json!({})).await).await;
    let known = got["redirectUrl"].as_str().unwrap().to_owned();
    let page = format!("{}/api/v2/redirect", running.base_url());
    for (url, expected) in [
        (known, 200),
        (page.clone(), 400),
        (format!("{page}?authToken="), 400),
        (format!("{page}?authToken=%3Cscript%3Enope"), 404),
        (format!("{page}?authToken=script-nope"), 404),
    ] {
        let response = client().get(&url).send().await.unwrap();
        assert_eq!(response.status(), expected, "{url}");
        assert_eq!(response.headers()["cache-control"], "no-store");
        assert_eq!(response.headers()["content-type"], "text/html; charset=utf-8");
        let html = String::from_utf8(response.bytes().await.unwrap().to_vec()).unwrap();
        assert!(!html.contains("script") && !html.contains("nope"));
        assert_eq!(html.contains("scan their document"), expected == 200);
    }
    running.shutdown().await;
}

#[tokio::test]
async fn serves_on_a_listener_until_told_to_stop() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/api/v2/token", listener.local_addr().unwrap());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let sandbox = Sandbox::builder().base_url("https://sandbox.example").build();
    let serving = tokio::spawn(sandbox.serve(listener, async {
        let _ = stopped.await;
    }));
    let request = client()
        .post(&url)
        .basic_auth("sandbox-key", Some("sandbox-secret"))
        .header("content-type", "application/json; charset=utf-8")
        .body(r#"{"clientId":"u-1"}"#);
    let (status, got) = answer(request.send().await.unwrap()).await;
    assert_eq!(status, 201);
    assert!(got["redirectUrl"].as_str().unwrap().starts_with("https://sandbox.example/api/v2/redirect?"));
    stop.send(()).unwrap();
    serving.await.unwrap().unwrap();
    assert!(client().post(&url).send().await.is_err());
}

#[tokio::test]
async fn dropping_stops_it() {
    let running = start().await;
    let address = running.base_url().trim_start_matches("http://").to_owned();
    drop(running);
    while tokio::net::TcpStream::connect(&address).await.is_ok() {
        tokio::task::yield_now().await;
    }
}
