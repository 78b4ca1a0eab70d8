//! Clients that are slow, silent, broken or too many, byte by byte.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::middleware::from_fn;
use axum::routing::{get, post};
use futures_util::stream;
use http_body_util::BodyExt as _;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::*;
use crate::http::body::{self, BodyLimits};
use crate::http::exchange::exchange;
use crate::http::router;

/// Far longer than any bound of these tests.
const FOREVER: Duration = Duration::from_secs(20);

struct Server {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<usize>,
    /// Lets requests of `/slow` end.
    go_on: Arc<Notify>,
    /// Told by each request of `/slow` that it has begun.
    begun: Arc<Notify>,
}

/// Bounds that a test can wait for.
fn brief() -> ConnectionLimits {
    let brief = Duration::from_millis(200);
    ConnectionLimits { head_time: brief, idle_time: brief, write_time: brief, ..ConnectionLimits::default() }
}

async fn start(limits: ConnectionLimits) -> Server {
    let (go_on, begun) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (wait, tell) = (Arc::clone(&go_on), Arc::clone(&begun));
    let slow = move || async move {
        tell.notify_one();
        wait.notified().await;
        "done"
    };
    let read = async |headers: http::HeaderMap, body: Body| {
        let limits = BodyLimits { size: 1_000, time: Duration::from_millis(200) };
        body::json(&headers, body, limits).await.map(|body| body.len().to_string())
    };
    let endless = async || {
        Body::from_stream(stream::repeat_with(|| Ok::<_, Infallible>(Bytes::from(vec![b'x'; 65_536]))))
    };
    let app = Router::new()
        .route("/", get(async || "hello"))
        .route("/slow", get(slow))
        .route("/read", post(read))
        .route("/endless", get(endless))
        .layer(from_fn(exchange));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let answers = Answers { app, shed: router::shed(), hostless: router::hostless() };
    let ended = tokio::spawn(serve(listener, None, answers, limits, async {
        let _ = stopped.await;
    }));
    Server { address, stop, ended, go_on, begun }
}

impl Server {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// Sends `bytes` and reads until the server closes the connection.
    async fn say(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect().await;
        // A server that has said enough may be gone before everything is sent.
        let _ = stream.write_all(bytes).await;
        rest(&mut stream).await
    }
}

/// Everything until the server closes the connection.
async fn rest(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    let read = timeout(FOREVER, stream.read_to_end(&mut answer)).await.expect("the connection is closed");
    if let Err(error) = read {
        assert_eq!(error.kind(), io::ErrorKind::ConnectionReset);
    }
    String::from_utf8(answer).unwrap()
}

/// The answer up to the end of its head, and no more.
async fn head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(timeout(FOREVER, stream.read_u8()).await.expect("an answer").expect("a head"));
    }
    String::from_utf8(head).unwrap()
}

#[track_caller]
fn is_problem(answer: &str, status: u16, code: &str) {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {answer:?}"));
    assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
    assert!(head.contains("content-type: application/problem+json"), "{answer}");
    let document: Value = serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {answer}"));
    assert_eq!((&document["code"], &document["status"]), (&code.into(), &status.into()), "{answer}");
    assert_eq!(document["type"], format!("urn:kyc:problem:{code}"));
}

#[tokio::test]
async fn requests_are_answered_one_after_another() {
    let server = start(ConnectionLimits::default()).await;
    let mut stream = server.connect().await;
    for _ in 0..3 {
        stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
        let head = head(&mut stream).await;
        assert!(head.starts_with("HTTP/1.1 200 OK\r\n") && head.contains("x-request-id: "), "{head}");
        let mut hello = [0; 5];
        stream.read_exact(&mut hello).await.unwrap();
        assert_eq!(&hello, b"hello");
    }
}

#[tokio::test]
async fn a_head_that_trickles_in_is_given_up() {
    let server = start(brief()).await;
    let mut stream = server.connect().await;
    let (mut read, mut write) = stream.split();
    let trickle = async {
        write.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n").await?;
        loop {
            write.write_all(b"x: y\r\n").await?;
            sleep(Duration::from_millis(20)).await;
        }
    };
    let mut answer = Vec::new();
    let all = async { read.read_to_end(&mut answer).await };
    let never: io::Error = tokio::select! {
        sent = timeout(FOREVER, trickle) => { let sent: io::Result<()> = sent.expect("given up"); sent.unwrap_err() }
        _ = all => io::Error::other("closed"),
    };
    drop(never);
    is_problem(&String::from_utf8(answer).unwrap(), 408, "request-timeout");
}

#[tokio::test]
async fn silence_ends_a_connection() {
    let server = start(brief()).await;
    // Before the first request a head is owed, so that is said; between two requests nothing is.
    is_problem(&server.say(b"").await, 408, "request-timeout");
    let mut stream = server.connect().await;
    stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    let answer = rest(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with("hello"), "{answer}");
}

#[tokio::test]
async fn a_body_that_trickles_in_is_given_up() {
    let server = start(ConnectionLimits::default()).await;
    let mut stream = server.connect().await;
    stream
        .write_all(b"POST /read HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{")
        .await
        .unwrap();
    is_problem(&rest(&mut stream).await, 408, "request-timeout");
}

#[tokio::test]
async fn a_reader_that_takes_no_answer_is_given_up() {
    let server = start(brief()).await;
    let mut stream = server.connect().await;
    stream.write_all(b"GET /endless HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    server.stop.send(()).unwrap();
    // It ends by itself, long before it would be cut off.
    assert_eq!(timeout(FOREVER, server.ended).await.expect("an end").unwrap(), 0);
    drop(stream);
}

#[tokio::test]
async fn heads_that_are_no_http_are_told_so_in_a_document() {
    let server = start(ConnectionLimits::default()).await;
    let long = "x".repeat(20_000);
    let many = "a: b\r\n".repeat(100);
    for (request, status, code) in [
        ("nonsense\r\n\r\n".to_owned(), 400, "malformed-request"),
        ("GET / HTTP/9.9\r\nhost: x\r\n\r\n".to_owned(), 400, "malformed-request"),
        ("GET / HTTP/1.1\r\nhost: x\r\nbad header: 1\r\n\r\n".to_owned(), 400, "malformed-request"),
        ("GET / HTTP/1.1\r\nhost: x\r\nx: a\0b\r\n\r\n".to_owned(), 400, "malformed-request"),
        ("GET /\u{7f} HTTP/1.1\r\nhost: x\r\n\r\n".to_owned(), 400, "malformed-request"),
        (
            "POST /read HTTP/1.1\r\nhost: x\r\ncontent-length: ten\r\n\r\n".to_owned(),
            400,
            "malformed-request",
        ),
        (
            "POST /read HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab".to_owned(),
            400,
            "malformed-request",
        ),
        (format!("GET / HTTP/1.1\r\nhost: x\r\nx: {long}\r\n\r\n"), 431, "headers-too-large"),
        (format!("GET / HTTP/1.1\r\nhost: x\r\n{many}\r\n"), 431, "headers-too-large"),
        (format!("GET /{long} HTTP/1.1\r\nhost: x\r\n\r\n"), 431, "headers-too-large"),
        ("\x16\x03\x01\x02\0\x01\0\x01\u{fc}\x03\x03\r\n\r\n".to_owned(), 400, "malformed-request"),
    ] {
        is_problem(&server.say(request.as_bytes()).await, status, code);
    }
}

#[tokio::test]
async fn a_request_names_one_host() {
    let server = start(ConnectionLimits::default()).await;
    for (hosts, status) in [("host: x\r\n", 200), ("", 400), ("host: x\r\nhost: x\r\n", 400)] {
        let answer =
            server.say(format!("GET / HTTP/1.1\r\n{hosts}connection: close\r\n\r\n").as_bytes()).await;
        match status {
            200 => assert!(answer.ends_with("hello"), "{answer}"),
            _ => is_problem(&answer, 400, "malformed-request"),
        }
    }
    // Before 1.1 there was none.
    assert!(server.say(b"GET / HTTP/1.0\r\n\r\n").await.ends_with("hello"));
}

#[tokio::test]
async fn what_is_no_http_behind_a_request_is_told_so_too() {
    let server = start(ConnectionLimits::default()).await;
    let answers = server.say(b"GET / HTTP/1.1\r\nhost: x\r\n\r\nnonsense\r\n\r\n").await;
    let (first, second) = answers.split_once("hello").unwrap();
    assert!(first.starts_with("HTTP/1.1 200 OK"), "{answers}");
    is_problem(second, 400, "malformed-request");
}

#[tokio::test]
async fn bodies_that_lie_about_themselves_are_told_so() {
    let server = start(ConnectionLimits::default()).await;
    let post = |rest: &str| {
        format!(
            "POST /read HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nconnection: close\r\n{rest}"
        )
    };
    for (request, status, code) in [
        ("transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n", 400, "malformed-request"),
        ("transfer-encoding: chunked\r\n\r\n2\r\n{}XX0\r\n\r\n", 400, "malformed-request"),
        ("transfer-encoding: chunked, identity\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 400, "malformed-request"),
        ("content-length: 1001\r\n\r\n", 413, "body-too-large"),
        ("content-length: 99999999999999999999\r\n\r\n", 400, "malformed-request"),
        ("content-encoding: gzip\r\ncontent-length: 2\r\n\r\n{}", 415, "unsupported-media-type"),
    ] {
        is_problem(&server.say(post(request).as_bytes()).await, status, code);
    }
    let large = format!("transfer-encoding: chunked\r\n\r\n3e9\r\n{}\r\n0\r\n\r\n", "x".repeat(1_001));
    is_problem(&server.say(post(&large).as_bytes()).await, 413, "body-too-large");
    for request in [
        "transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "content-length: 2\r\n\r\n{}",
        "content-length: 2\r\ncontent-length: 2\r\n\r\n{}",
    ] {
        let answer = server.say(post(request).as_bytes()).await;
        assert!(
            answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with("\r\n\r\n2"),
            "{request}: {answer}"
        );
    }
}

/// Whoever answers before the body has come can read no other request after it, and must not let the caller try.
#[tokio::test]
async fn an_answer_before_the_whole_body_says_that_the_connection_ends() {
    let server = start(ConnectionLimits::default()).await;
    let whole = "content-type: application/json\r\ncontent-length: 2\r\n\r\n{}";
    for (path, request, is_last) in [
        ("/read", whole.to_owned(), false),
        (
            "/read",
            "content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n".to_owned(),
            false,
        ),
        ("/read", "content-type: application/json\r\ncontent-length: 0\r\n\r\n".to_owned(), false),
        ("/read", whole.replace("json", "xml"), true),
        (
            "/read",
            format!("content-type: application/json\r\ncontent-length: 1001\r\n\r\n{}", "x".repeat(1_001)),
            true,
        ),
        ("/nowhere", whole.to_owned(), true),
        ("/nowhere", "\r\n".to_owned(), false),
    ] {
        let mut stream = server.connect().await;
        stream.write_all(format!("POST {path} HTTP/1.1\r\nhost: x\r\n{request}").as_bytes()).await.unwrap();
        let answer = head(&mut stream).await;
        assert_eq!(answer.contains("connection: close\r\n"), is_last, "{path} {request}: {answer}");
        if is_last {
            rest(&mut stream).await;
        } else {
            stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.unwrap();
            assert!(rest(&mut stream).await.ends_with("hello"), "{path} {request}");
        }
    }
}

#[tokio::test]
async fn who_waits_for_leave_to_send_gets_it_or_an_answer() {
    let server = start(ConnectionLimits::default()).await;
    let ask = |kind: &str, length: u32| {
        format!(
            "POST /read HTTP/1.1\r\nhost: x\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\nexpect: 100-continue\r\nconnection: close\r\n\r\n"
        )
    };
    let mut stream = server.connect().await;
    stream.write_all(ask("application/json", 2).as_bytes()).await.unwrap();
    assert_eq!(head(&mut stream).await, "HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(b"{}").await.unwrap();
    assert!(rest(&mut stream).await.ends_with("\r\n\r\n2"));
    is_problem(&server.say(ask("text/plain", 2).as_bytes()).await, 415, "unsupported-media-type");
    is_problem(&server.say(ask("application/json", 9_999).as_bytes()).await, 413, "body-too-large");
}

#[tokio::test]
async fn connections_beyond_the_bound_are_told_so() {
    let server = start(ConnectionLimits { connections: 1, ..ConnectionLimits::default() }).await;
    let mut first = server.connect().await;
    first.write_all(b"GET /slow HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.unwrap();
    server.begun.notified().await;
    let answer = server.say(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await;
    is_problem(&answer, 503, "overloaded");
    assert!(answer.contains("retry-after: 1\r\n") && answer.contains("connection: close\r\n"), "{answer}");
    server.go_on.notify_one();
    assert!(rest(&mut first).await.ends_with("done"));
    // The place is free again as soon as the first connection is gone.
    while !server.say(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.ends_with("hello") {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn requests_in_flight_are_answered_before_the_end() {
    let server = start(ConnectionLimits::default()).await;
    let mut idle = server.connect().await;
    idle.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    assert!(head(&mut idle).await.starts_with("HTTP/1.1 200"));
    let mut busy = server.connect().await;
    busy.write_all(b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    server.begun.notified().await;
    server.stop.send(()).unwrap();
    // The one that waits for nothing is closed at once, after what it was told before.
    assert_eq!(rest(&mut idle).await, "hello");
    server.go_on.notify_one();
    assert!(rest(&mut busy).await.ends_with("done"));
    drop((idle, busy));
    assert_eq!(timeout(FOREVER, server.ended).await.expect("an end").unwrap(), 0);
    assert!(TcpStream::connect(server.address).await.is_err());
}

#[tokio::test]
async fn who_takes_too_long_is_cut_off_at_the_end() {
    let limits = ConnectionLimits { drain_time: Duration::from_millis(100), ..ConnectionLimits::default() };
    let server = start(limits).await;
    let mut busy = server.connect().await;
    busy.write_all(b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    server.begun.notified().await;
    server.stop.send(()).unwrap();
    assert_eq!(timeout(FOREVER, server.ended).await.expect("an end").unwrap(), 1);
    assert_eq!(rest(&mut busy).await, "");
}

#[tokio::test]
async fn a_panic_is_a_problem_of_ours() {
    async fn broken() -> String {
        panic!("words for developers")
    }
    let app = Router::new().route("/", get(broken)).layer(from_fn(exchange));
    let request = http::Request::get("/").header("x-request-id", "abc-1").body(Body::empty()).unwrap();
    let answer = tower::ServiceExt::oneshot(app, request).await.unwrap();
    assert_eq!(
        (answer.status(), &answer.headers()["x-request-id"]),
        (500.try_into().unwrap(), &"abc-1".parse().unwrap())
    );
    let body = answer.into_body().collect().await.unwrap().to_bytes();
    let document: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(
        (&document["code"], &document["instance"]),
        (&"internal".into(), &"urn:kyc:request:abc-1".into())
    );
    assert!(!document.to_string().contains("words for developers"), "{document}");
}
