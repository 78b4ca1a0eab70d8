//! Answers, one at a time: what is sent, and what each answer means.

use kyc_client::{BodyProblem, Error, RefusalKind};
use kyc_core::ResponseError;
use kyc_core::wire::WireField;
use serde_json::{Value, json};
use wiremock::matchers::{basic_auth, body_bytes, header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::support::{ISSUED, KEY, SECRET, builder, failed, request};

async fn answering(template: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method("POST")).and(path("/api/v2/token")).respond_with(template).mount(&server).await;
    server
}

async fn requests(server: &MockServer) -> usize {
    server.received_requests().await.unwrap().len()
}

fn issued(extra: Value) -> Value {
    let mut body: Value = serde_json::from_str(ISSUED).unwrap();
    if let (Value::Object(body), Value::Object(extra)) = (&mut body, extra) {
        body.extend(extra);
    }
    body
}

#[tokio::test]
async fn the_request_is_what_the_vendor_documents() {
    let server = MockServer::start().await;
    let agent = concat!("kyc/", env!("CARGO_PKG_VERSION"));
    Mock::given(method("POST"))
        .and(path("/prefix/api/v2/token"))
        .and(basic_auth(KEY, SECRET))
        .and(header("content-type", "application/json"))
        .and(header("user-agent", agent))
        .and(body_bytes(request().to_wire().to_vec()))
        .respond_with(ResponseTemplate::new(201).set_body_raw(ISSUED, "application/json"))
        .expect(1)
        .mount(&server)
        .await;
    let base = format!("{}/prefix/", server.uri());
    let token = builder(&base).build().unwrap().create_token(&request()).await.unwrap();
    assert_eq!(token.auth_token.expose_secret(), "tokenmarker");
    assert_eq!(
        token.redirect_url.unwrap().expose_secret(),
        format!("{base}api/v2/redirect?authToken=tokenmarker")
    );
    let received = server.received_requests().await.unwrap();
    let length = received.first().unwrap().headers.get("content-length").unwrap();
    assert_eq!(length.to_str().unwrap(), request().to_wire().len().to_string());
}

#[tokio::test]
async fn both_success_statuses_and_a_given_address_are_taken() {
    for status in [200, 201] {
        let url = "https://ivs.idenfy.com/api/v2/redirect?authToken=other";
        let body = issued(json!({ "redirectUrl": url }));
        let server = answering(ResponseTemplate::new(status).set_body_json(body)).await;
        let token = builder(&server.uri()).build().unwrap().create_token(&request()).await.unwrap();
        assert_eq!(token.redirect_url.unwrap().expose_secret(), url);
    }
}

#[tokio::test]
async fn an_acceptance_that_cannot_be_used_is_not_a_token_and_not_repeated() {
    use BodyProblem as P;
    for (status, body, problem) in [
        (202, ISSUED.to_owned(), P::Status),
        (204, String::new(), P::Status),
        (200, "<html>".to_owned(), P::Content(ResponseError::NotAnObject)),
        (201, String::new(), P::Content(ResponseError::NotAnObject)),
        (201, r#"{"scanRef":"s-1"}"#.to_owned(), P::Content(ResponseError::Field("authToken"))),
        (201, issued(json!({ "redirectUrl": "http://ivs.idenfy.com/" })).to_string(), P::RedirectUrl),
        (201, issued(json!({ "redirectUrl": "https://a@evil.example/" })).to_string(), P::RedirectUrl),
        (200, "1".repeat(1025), P::TooLong),
    ] {
        let server = answering(ResponseTemplate::new(status).set_body_string(body)).await;
        let error = failed(builder(&server.uri()).answer_limit(1024)).await;
        let Error::Unreadable(unreadable) = &error else { panic!("{error:?}") };
        assert_eq!((unreadable.status(), unreadable.problem()), (status, problem));
        assert!(error.may_have_been_created() && !error.is_retryable());
        assert_eq!(requests(&server).await, 1);
    }
}

#[tokio::test]
async fn a_weaker_session_is_withheld() {
    let body = issued(json!({ "checkLiveness": false, "country": null }));
    let server = answering(ResponseTemplate::new(201).set_body_json(body)).await;
    let error = failed(builder(&server.uri())).await;
    let Error::IssuedWeaker(weaker) = &error else { panic!("{error:?}") };
    assert_eq!(weaker.fields(), [WireField::Country, WireField::CheckLiveness]);
    assert_eq!(weaker.scan_ref(), "s-1");
    assert!(error.may_have_been_created() && !error.is_retryable());
    assert_eq!(
        error.to_string(),
        "the vendor issued a session that is weaker than requested in `country`, `checkLiveness`; \
         the session s-1 exists and its token is withheld"
    );
}

#[tokio::test]
async fn a_refusal_is_told_by_status_or_identifier_and_not_repeated() {
    use RefusalKind as K;
    let limit = json!({ "identifier": "PERMISSIONS_ERROR", "message": "Partner reached token limit." });
    let country = json!({ "identifier": "BAD_VALUE", "message": "Field 'country' must be a valid code." });
    for (status, body, kind) in [
        (400, country, K::BadValue(Some(WireField::Country))),
        (400, json!({ "identifier": "MISSING_VALUE" }), K::MissingValue(None)),
        (400, json!({ "identifier": "UNAUTHORIZED" }), K::Unauthorized),
        (400, limit, K::InsufficientFunds),
        (401, json!({ "message": "Invalid authorization credentials" }), K::Unauthorized),
        (402, json!({ "message": "lack", "code": "insufficient_finances" }), K::InsufficientFunds),
        (403, json!({ "message": "Partner inactive" }), K::PartnerInactive),
        (404, json!("not an object"), K::NotFound),
        (405, json!({}), K::MethodNotAllowed),
        (409, json!({}), K::Conflict),
        (413, json!({}), K::Other),
    ] {
        let server = answering(ResponseTemplate::new(status).set_body_json(&body)).await;
        let error = failed(builder(&server.uri())).await;
        let Error::Refused(refusal) = &error else { panic!("{error:?}") };
        assert_eq!((refusal.status(), refusal.kind()), (status, kind), "{body}");
        assert!(!error.may_have_been_created() && !error.is_retryable());
        assert_eq!(requests(&server).await, 1, "{body}");
    }
}

#[tokio::test]
async fn a_failure_of_the_vendor_is_never_repeated() {
    for (status, body) in [
        (500, json!({ "identifier": "INTERNAL_ERROR" })),
        (500, json!({ "identifier": "TOO_MANY_REQUESTS" })),
        (502, json!("bad gateway")),
        (503, json!({})),
        (504, json!({})),
        (599, json!({})),
        (408, json!({})),
        (400, json!({ "identifier": "INTERNAL_ERROR" })),
    ] {
        let template = ResponseTemplate::new(status).insert_header("retry-after", "0").set_body_json(&body);
        let server = answering(template).await;
        let error = failed(builder(&server.uri())).await;
        assert!(matches!(&error, Error::Failed(failure) if failure.status() == status), "{error:?}");
        assert!(error.may_have_been_created() && !error.is_retryable());
        assert_eq!(requests(&server).await, 1, "{status}");
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = MockServer::start().await;
    for (status, may_exist) in [(301, false), (302, true), (303, true), (307, false), (308, false)] {
        let server =
            answering(ResponseTemplate::new(status).insert_header("location", elsewhere.uri())).await;
        let error = failed(builder(&server.uri())).await;
        assert!(matches!(error, Error::Redirected(_)), "{error:?}");
        assert_eq!((error.status(), error.may_have_been_created()), (Some(status), may_exist));
        assert_eq!(requests(&server).await, 1);
    }
    assert_eq!(requests(&elsewhere).await, 0);
}

#[tokio::test]
async fn a_request_to_slow_down_is_followed_within_bounds() {
    for (limit, retry_after) in [
        (ResponseTemplate::new(429), None),
        (ResponseTemplate::new(429), Some("0")),
        (ResponseTemplate::new(429), Some("Sun, 06 Nov 1994 08:49:37 GMT")),
        (ResponseTemplate::new(429), Some("nonsense")),
        (ResponseTemplate::new(400).set_body_json(json!({ "identifier": "TOO_MANY_REQUESTS" })), None),
    ] {
        let limit = retry_after.into_iter().fold(limit, |t, value| t.insert_header("retry-after", value));
        let server = MockServer::start().await;
        let first = Mock::given(method("POST")).respond_with(limit).up_to_n_times(1);
        first.with_priority(1).mount(&server).await;
        let second =
            Mock::given(method("POST")).respond_with(ResponseTemplate::new(201).set_body_string(ISSUED));
        second.mount(&server).await;
        builder(&server.uri()).build().unwrap().create_token(&request()).await.unwrap();
        assert_eq!(requests(&server).await, 2);
    }
    let server = answering(ResponseTemplate::new(429)).await;
    let error = failed(builder(&server.uri()).attempts(4)).await;
    assert!(error.is_retryable() && !error.may_have_been_created());
    assert_eq!(requests(&server).await, 4);
}

#[tokio::test]
async fn a_wait_beyond_the_deadline_is_not_begun() {
    for retry_after in ["3600", "99999999999999999999", "Wed, 30 Dec 9998 23:59:59 GMT"] {
        let server = answering(ResponseTemplate::new(429).insert_header("retry-after", retry_after)).await;
        let error = failed(builder(&server.uri())).await;
        assert!(error.retry_after().is_some_and(|wait| wait.as_secs() >= 3600));
        assert_eq!(requests(&server).await, 1);
    }
}
