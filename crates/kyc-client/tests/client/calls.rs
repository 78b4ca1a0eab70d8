//! The calls about existing sessions: what is sent, what is repeated, and what is said when it goes wrong.

use std::time::Duration;

use kyc_client::{BodyProblem, Error, FaultKind, RefusalKind};
use kyc_core::ResponseError;
use serde_json::{Value, json};
use wiremock::matchers::{any, basic_auth, body_json, header, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::server::{Act, Server};
use crate::support::{ANSWERED, KEY, Other, SECRET, answer, builder};

async fn answering(template: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(template).mount(&server).await;
    server
}

async fn requests(server: &MockServer) -> usize {
    server.received_requests().await.unwrap().len()
}

fn assert_nothing_created(error: &Error) {
    assert!(!error.may_have_been_created(), "{error:?}");
    assert!(!error.to_string().contains("created"), "{error}");
}

#[tokio::test]
async fn the_requests_are_what_the_vendor_documents() {
    let server = MockServer::start().await;
    let good = || ResponseTemplate::new(200).set_body_raw(ANSWERED, "application/json");
    for call in ["status", "data", "delete"] {
        Mock::given(method("POST"))
            .and(path(format!("/prefix/api/v2/{call}")))
            .and(basic_auth(KEY, SECRET))
            .and(header("content-type", "application/json"))
            .and(body_json(json!({ "scanRef": "s-1" })))
            .respond_with(good())
            .expect(1)
            .mount(&server)
            .await;
    }
    Mock::given(method("GET"))
        .and(path("/prefix/kyc/identifications/"))
        .and(basic_auth(KEY, SECRET))
        .and(query_param("clientId", "client-marker"))
        .and(query_param("page", "1"))
        .and(query_param("perPage", "100"))
        .respond_with(good())
        .expect(1)
        .mount(&server)
        .await;
    let client = builder(&format!("{}/prefix", server.uri())).build().unwrap();
    for call in Other::ALL {
        call.call(&client).await.unwrap();
    }
    let received = server.received_requests().await.unwrap();
    let get = received.iter().find(|request| request.method == "GET").unwrap();
    assert!(get.body.is_empty() && !get.headers.contains_key("content-type"));
}

#[tokio::test]
async fn a_failure_is_repeated_only_for_what_changes_nothing() {
    for (status, body) in [
        (500, json!({ "identifier": "INTERNAL_ERROR" })),
        (502, json!("bad gateway")),
        (503, json!({})),
        (504, json!({})),
        (408, json!({})),
        (400, json!({ "identifier": "INTERNAL_ERROR" })),
    ] {
        for call in Other::ALL {
            let server = answering(ResponseTemplate::new(status).set_body_json(&body)).await;
            let error = call.failed(builder(&server.uri())).await;
            assert!(matches!(&error, Error::Failed(failure) if failure.status() == status), "{error:?}");
            assert_nothing_created(&error);
            let deletes = call == Other::Delete;
            assert_eq!((error.is_retryable(), error.may_have_been_deleted()), (!deletes, deletes));
            assert_eq!(requests(&server).await, if deletes { 1 } else { 3 }, "{call:?} {status}");
        }
    }
}

#[tokio::test]
async fn a_failure_that_passes_is_not_noticed() {
    for first in [
        ResponseTemplate::new(500),
        ResponseTemplate::new(503).insert_header("retry-after", "0"),
        ResponseTemplate::new(429),
    ] {
        for call in Other::READS {
            let server = MockServer::start().await;
            let once = Mock::given(any()).respond_with(first.clone()).up_to_n_times(1).with_priority(1);
            once.mount(&server).await;
            let good = ResponseTemplate::new(200).set_body_string(ANSWERED);
            Mock::given(any()).respond_with(good).mount(&server).await;
            call.call(&builder(&server.uri()).build().unwrap()).await.unwrap();
            assert_eq!(requests(&server).await, 2);
        }
    }
}

#[tokio::test]
async fn attempts_and_the_deadline_are_the_same_for_all_calls() {
    for call in Other::ALL {
        let server = answering(ResponseTemplate::new(429)).await;
        let error = call.failed(builder(&server.uri()).attempts(4)).await;
        assert!(error.is_retryable() && !error.may_have_been_deleted());
        assert_eq!(requests(&server).await, 4);
    }
    for call in Other::READS {
        let server = answering(ResponseTemplate::new(503).insert_header("retry-after", "3600")).await;
        let error = call.failed(builder(&server.uri())).await;
        assert_eq!(error.retry_after(), Some(Duration::from_hours(1)));
        assert_eq!(requests(&server).await, 1, "a wait beyond the deadline is not begun");
    }
}

#[tokio::test]
async fn a_refusal_is_final_and_says_why() {
    use RefusalKind as K;
    let alive = json!({ "message": "Token has not expired yet.", "identifier": "PARTNER_ERROR",
        "documentation": "", "severity": "NOT_SEVERE" });
    let unknown = json!({ "identifier": "BAD_VALUE", "message": "Field 'scanRef' must be of a known one." });
    for (status, body, kind) in [
        (400, alive, K::TokenAlive),
        (400, unknown, K::UnknownSession),
        (401, json!({ "message": "Invalid authorization credentials" }), K::Unauthorized),
        (403, json!({ "message": "Partner inactive" }), K::PartnerInactive),
        (404, json!({}), K::NotFound),
    ] {
        for call in Other::ALL {
            let server = answering(ResponseTemplate::new(status).set_body_json(&body)).await;
            let error = call.failed(builder(&server.uri())).await;
            assert!(matches!(&error, Error::Refused(refusal) if refusal.kind() == kind), "{error:?}");
            assert_nothing_created(&error);
            assert!(!error.is_retryable() && !error.may_have_been_deleted());
            assert_eq!(requests(&server).await, 1);
        }
    }
}

#[tokio::test]
async fn an_answer_that_cannot_be_used_is_not_asked_for_again() {
    use BodyProblem as P;
    use Other::{Data, Delete, Identifications, Status};
    let field = |name| P::Content(ResponseError::Field(name));
    for (call, status, body, problem) in [
        (Status, 200, "<html>".to_owned(), P::Content(ResponseError::NotAnObject)),
        (Status, 200, json!({ "scanRef": "s-1" }).to_string(), field("status")),
        (Status, 200, json!({ "scanRef": "s-2", "status": "APPROVED" }).to_string(), P::OtherSession),
        (Status, 202, ANSWERED.to_owned(), P::Status),
        (Data, 200, "{}".to_owned(), field("scanRef")),
        (Data, 200, json!({ "scanRef": "s-2" }).to_string(), P::OtherSession),
        (Data, 200, "1".repeat(1025), P::TooLong),
        (Identifications, 200, "{}".to_owned(), field("results")),
        (Identifications, 204, String::new(), P::Status),
        (Delete, 202, String::new(), P::Status),
        (Delete, 200, json!({ "identifier": "PARTNER_ERROR" }).to_string(), P::Contradiction),
        (Delete, 200, "1".repeat(1025), P::TooLong),
    ] {
        let server = answering(ResponseTemplate::new(status).set_body_string(body)).await;
        let error = call.failed(builder(&server.uri()).answer_limit(1024)).await;
        let Error::Unreadable(unreadable) = &error else { panic!("{error:?}") };
        assert_eq!((unreadable.status(), unreadable.problem()), (status, problem), "{call:?}");
        assert_nothing_created(&error);
        assert_eq!((error.is_retryable(), error.may_have_been_deleted()), (false, call == Delete));
        assert_eq!(requests(&server).await, 1);
    }
}

#[tokio::test]
async fn a_deletion_is_accepted_without_a_body() {
    for (status, body) in [(200, ""), (204, ""), (200, "{}"), (200, "null")] {
        let server = answering(ResponseTemplate::new(status).set_body_string(body)).await;
        Other::Delete.call(&builder(&server.uri()).build().unwrap()).await.unwrap();
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        for call in Other::ALL {
            let elsewhere = Server::start(vec![Act::Send(answer(200, ANSWERED))]).await;
            let moved = ResponseTemplate::new(status).insert_header("location", elsewhere.base());
            let server = answering(moved).await;
            let error = call.failed(builder(&server.uri())).await;
            assert!(matches!(error, Error::Redirected(_)) && !error.is_retryable());
            assert_nothing_created(&error);
            let perhaps = call == Other::Delete && matches!(status, 302 | 303);
            assert_eq!(error.may_have_been_deleted(), perhaps, "{call:?} {status}");
            assert_eq!((requests(&server).await, elsewhere.connections()), (1, 0));
        }
    }
}

#[tokio::test]
async fn a_broken_connection_is_repeated_only_for_what_changes_nothing() {
    let cut = "HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n{";
    for act in [
        Act::Reset,
        Act::Close,
        Act::SendAndHang(String::new()),
        Act::SendAndClose(cut.to_owned()),
        Act::SendAndHang(cut.to_owned()),
    ] {
        for call in Other::ALL {
            let server = Server::start(vec![act.clone()]).await;
            let hangs = matches!(act, Act::SendAndHang(_));
            let timeout = Duration::from_millis(if hangs { 200 } else { 30_000 });
            let error = call.failed(builder(&server.base()).attempt_timeout(timeout)).await;
            assert!(matches!(error, Error::Unanswered(_) | Error::Unreadable(_)), "{act:?} {error:?}");
            assert_nothing_created(&error);
            let deletes = call == Other::Delete;
            assert_eq!((error.is_retryable(), error.may_have_been_deleted()), (!deletes, deletes));
            assert_eq!(server.requests(), if deletes { 1 } else { 3 }, "{act:?} {call:?}");
        }
    }
}

#[tokio::test]
async fn what_was_not_sent_is_repeated() {
    for call in Other::ALL {
        let address = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let error = call.failed(builder(&format!("http://{address}"))).await;
        assert!(matches!(&error, Error::Unreachable(e) if e.kind() == FaultKind::Refused), "{error:?}");
        assert_nothing_created(&error);
        assert!(error.is_retryable() && !error.may_have_been_deleted());
    }
}

#[tokio::test]
async fn each_error_tells_what_its_call_leaves_open() {
    let body = json!({ "identifier": "INTERNAL_ERROR" });
    for (call, text) in [
        (Other::Status, "the vendor failed (status 500, `INTERNAL_ERROR`); nothing was changed"),
        (
            Other::Delete,
            "the vendor failed (status 500, `INTERNAL_ERROR`); the session may have been deleted",
        ),
    ] {
        let server = answering(ResponseTemplate::new(500).set_body_json(&body)).await;
        let error = call.failed(builder(&server.uri())).await;
        assert_eq!(error.to_string(), text);
        assert!(!error.hint().contains("pay"));
    }
    let refused: Value = json!({ "identifier": "PARTNER_ERROR", "message": "Token has not expired yet." });
    let server = answering(ResponseTemplate::new(400).set_body_json(refused)).await;
    let error = Other::Delete.failed(builder(&server.uri())).await;
    assert_eq!(
        error.to_string(),
        "the vendor refused the request: the session's token has not expired yet (status 400, `PARTNER_ERROR`); \
         nothing was deleted"
    );
}
