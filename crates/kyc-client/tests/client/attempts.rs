//! How often a request goes out when the connection fails, and what is said of the session then.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use kyc_client::{
    BodyProblem, ClientBuilder, Error, Fault, FaultKind, HttpTransport, RefusalKind, Sending, Transport,
};
use tokio::net::TcpListener;

use crate::server::{Act, Server};
use crate::support::{ISSUED, answer, builder, failed, request};

/// For what is meant to run out of time.
const SHORT: Duration = Duration::from_millis(300);

/// An address where nothing listens.
async fn closed_port() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap()
}

/// A client that gives up soon where the server never would answer.
fn hasty(server: &Server, act: &Act) -> ClientBuilder {
    let hangs = matches!(act, Act::SendAndHang(_));
    let timeout = if hangs { SHORT } else { Duration::from_secs(30) };
    builder(&server.base()).attempt_timeout(timeout)
}

/// Counts attempts and, after the first, lets something happen.
struct Watched<F> {
    inner: HttpTransport,
    attempts: Arc<AtomicUsize>,
    after_first: F,
}

impl<F: Fn() + Send + Sync + 'static> Transport for Watched<F> {
    fn send(&self, request: reqwest::Request) -> Sending<'_> {
        Box::pin(async move {
            let result = self.inner.send(request).await;
            if self.attempts.fetch_add(1, Ordering::SeqCst) == 0 {
                (self.after_first)();
            }
            result
        })
    }
}

fn watched<F>(attempts: &Arc<AtomicUsize>, after_first: F) -> Watched<F> {
    let inner = HttpTransport::new(Duration::from_secs(2)).unwrap();
    Watched { inner, attempts: attempts.clone(), after_first }
}

#[tokio::test]
async fn a_refused_connection_is_tried_again_until_it_is_there() {
    let address = closed_port().await;
    let attempts = Arc::default();
    let transport = watched(&attempts, move || {
        let listener = std::net::TcpListener::bind(address).unwrap();
        listener.set_nonblocking(true).unwrap();
        let script = vec![Act::Send(answer(201, ISSUED))];
        Server::on(TcpListener::from_std(listener).unwrap(), script);
    });
    let client = builder(&format!("http://{address}")).transport(transport).build().unwrap();
    client.create_token(&request()).await.unwrap();
    assert_eq!(attempts.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn attempts_are_bounded() {
    for allowed in [1, 3] {
        let attempts = Arc::default();
        let base = format!("http://{}", closed_port().await);
        let error = failed(builder(&base).attempts(allowed).transport(watched(&attempts, || {}))).await;
        assert!(matches!(&error, Error::Unreachable(e) if e.kind() == FaultKind::Refused), "{error:?}");
        assert!(error.is_retryable() && !error.may_have_been_created());
        assert_eq!(attempts.load(Ordering::SeqCst), allowed);
    }
}

#[tokio::test]
async fn a_name_without_an_address_is_tried_again() {
    let attempts = Arc::default();
    let error = failed(builder("https://nowhere.invalid").transport(watched(&attempts, || {}))).await;
    let Error::Unreachable(unreachable) = &error else { panic!("{error:?}") };
    // A machine without any resolver may take its time to say so.
    assert!(matches!(unreachable.kind(), FaultKind::Resolve | FaultKind::Timeout), "{error:?}");
    assert_eq!(attempts.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn a_server_without_tls_is_tried_again_and_gets_nothing() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let base = format!("https://{}", listener.local_addr().unwrap());
    let connections = Arc::new(AtomicUsize::new(0));
    let counter = connections.clone();
    tokio::spawn(async move {
        use tokio::io::AsyncWriteExt as _;
        while let Ok((mut stream, _)) = listener.accept().await {
            counter.fetch_add(1, Ordering::SeqCst);
            stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        }
    });
    let error = failed(builder(&base)).await;
    assert!(matches!(&error, Error::Unreachable(e) if e.kind() == FaultKind::Tls), "{error:?}");
    assert_eq!(connections.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn a_tls_handshake_that_never_ends_is_tried_again() {
    let server = Server::start(vec![Act::Send(String::new())]).await;
    let base = server.base().replace("http:", "https:");
    let error = failed(builder(&base).connect_timeout(SHORT)).await;
    assert!(matches!(&error, Error::Unreachable(e) if e.kind() == FaultKind::Timeout), "{error:?}");
    assert_eq!((server.connections(), server.requests()), (3, 0));
}

#[tokio::test]
async fn a_request_that_was_received_is_never_sent_again() {
    for act in
        [Act::Reset, Act::Close, Act::SendAndHang(String::new()), Act::SendAndClose("nonsense\r\n".into())]
    {
        let server = Server::start(vec![act.clone()]).await;
        let error = failed(hasty(&server, &act)).await;
        assert!(matches!(error, Error::Unanswered(_)), "{act:?} {error:?}");
        assert!(error.may_have_been_created() && !error.is_retryable());
        assert_eq!((server.connections(), server.requests()), (1, 1), "{act:?}");
    }
}

#[tokio::test]
async fn a_connection_that_is_reset_at_once_is_never_sent_to_twice() {
    // Whether the body was already handed over is a race; a second whole request would be a mistake in either case.
    let server = Server::start(vec![Act::ResetAtOnce]).await;
    let error = failed(builder(&server.base())).await;
    assert_eq!(error.is_retryable(), !error.may_have_been_created());
    assert_eq!(server.requests(), 0);
    if error.may_have_been_created() {
        assert!(server.connections() <= 3, "{}", server.connections());
    }
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_not_asked_for_again() {
    let head = "HTTP/1.1 201 Created\r\ncontent-length: 999999\r\n\r\n{\"authToken\":";
    let chunked = "HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n".to_owned();
    for (act, problem) in [
        (Act::SendAndClose(head.to_owned()), BodyProblem::Cut),
        (Act::SendAndHang(head.to_owned()), BodyProblem::Timeout),
        (Act::Endless(chunked), BodyProblem::TooLong),
        // It says that it is short, and is not: the rest belongs to no answer.
        (
            Act::SendAndClose(format!("HTTP/1.1 201 Created\r\ncontent-length: 9\r\n\r\n{ISSUED}")),
            BodyProblem::Content(kyc_core::ResponseError::NotAnObject),
        ),
    ] {
        let server = Server::start(vec![act.clone()]).await;
        let error = failed(hasty(&server, &act)).await;
        assert!(matches!(&error, Error::Unreadable(e) if e.problem() == problem), "{act:?} {error:?}");
        assert!(error.may_have_been_created() && !error.is_retryable());
        assert_eq!(server.requests(), 1, "{act:?}");
    }
}

#[tokio::test]
async fn a_refusal_without_its_body_is_still_a_refusal() {
    let server =
        Server::start(vec![Act::SendAndClose("HTTP/1.1 401 No\r\ncontent-length: 99\r\n\r\n{".into())]).await;
    let error = failed(builder(&server.base())).await;
    assert!(matches!(&error, Error::Refused(e) if e.kind() == RefusalKind::Unauthorized), "{error:?}");
}

#[tokio::test]
async fn the_deadline_covers_all_attempts() {
    let server = Server::start(vec![Act::Send(answer(429, "{}")), Act::SendAndHang(String::new())]).await;
    let error = failed(builder(&server.base()).deadline(SHORT * 2)).await;
    assert!(matches!(&error, Error::Unanswered(e) if e.kind() == FaultKind::Timeout), "{error:?}");
    assert_eq!(server.requests(), 2);
}

#[tokio::test]
async fn a_connection_is_used_again() {
    let server = Server::start(vec![Act::Send(answer(201, ISSUED))]).await;
    let client = builder(&server.base()).build().unwrap();
    for _ in 0..3 {
        client.create_token(&request()).await.unwrap();
    }
    assert_eq!((server.connections(), server.requests()), (1, 3));
}

#[tokio::test]
async fn no_proxy_is_taken_from_the_environment() {
    // The environment belongs to a whole process, so another test runs in one of its own.
    let proxy = Server::start(vec![Act::Send(answer(201, ISSUED))]).await;
    let mut test = std::process::Command::new(std::env::current_exe().unwrap());
    test.args(["--exact", "attempts::a_connection_is_used_again"]);
    for name in ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
        test.env(name, proxy.base());
    }
    let output = tokio::task::spawn_blocking(move || test.output()).await.unwrap().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
    assert_eq!(proxy.connections(), 0);
}

#[tokio::test]
async fn a_connection_that_was_closed_while_idle_costs_no_request() {
    let server = Server::start(vec![Act::SendAndClose(answer(201, ISSUED))]).await;
    let client = builder(&server.base()).build().unwrap();
    for _ in 0..3 {
        client.create_token(&request()).await.unwrap();
        // Lets the end of the connection arrive.
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!((server.connections(), server.requests()), (3, 3));
}

/// Fails without ever touching the body, or after taking it.
struct Faulty {
    takes_body: bool,
    attempts: Arc<AtomicUsize>,
}

impl Transport for Faulty {
    fn send(&self, mut request: reqwest::Request) -> Sending<'_> {
        Box::pin(async move {
            self.attempts.fetch_add(1, Ordering::SeqCst);
            if self.takes_body {
                use http_body::Body as _;
                let mut body = request.body_mut().take().unwrap();
                std::future::poll_fn(|cx| std::pin::Pin::new(&mut body).poll_frame(cx))
                    .await
                    .unwrap()
                    .unwrap();
            }
            Err(Fault::new(FaultKind::Broken))
        })
    }
}

#[tokio::test]
async fn the_body_tells_whether_anything_was_sent() {
    for (takes_body, sent) in [(false, 3), (true, 1)] {
        let attempts = Arc::new(AtomicUsize::new(0));
        let transport = Faulty { takes_body, attempts: attempts.clone() };
        let error = failed(builder("https://vendor.example").transport(transport)).await;
        assert_eq!(error.may_have_been_created(), takes_body);
        assert_eq!(attempts.load(Ordering::SeqCst), sent);
    }
}

/// Answers from memory.
struct Scripted;

impl Transport for Scripted {
    fn send(&self, _: reqwest::Request) -> Sending<'_> {
        Box::pin(async { Ok(http::Response::builder().status(201).body(ISSUED).unwrap().into()) })
    }
}

#[tokio::test]
async fn a_transport_can_answer_from_memory() {
    let client = builder("https://vendor.example").transport(Scripted).build().unwrap();
    assert_eq!(client.create_token(&request()).await.unwrap().scan_ref, "s-1");
}

#[tokio::test]
async fn a_client_for_one_attempt_makes_no_other_and_shares_the_connections() {
    let attempts = Arc::default();
    let patient = builder(&format!("http://{}", closed_port().await)).attempts(3);
    let patient = patient.transport(watched(&attempts, || {})).build().unwrap();
    let error = patient.once_within(SHORT).create_token(&request()).await.unwrap_err();
    assert!(matches!(error, Error::Unreachable(_)), "{error}");
    assert_eq!(attempts.load(Ordering::SeqCst), 1);
    assert!(patient.create_token(&request()).await.is_err());
    assert_eq!(attempts.load(Ordering::SeqCst), 4);
}

#[tokio::test]
async fn a_shorter_limit_ends_a_call_and_a_longer_one_does_not_lengthen_it() {
    let server = Server::start(vec![Act::SendAndHang(String::new())]).await;
    for (own, limit) in [(Duration::from_mins(1), SHORT), (SHORT, Duration::from_mins(1))] {
        let client = builder(&server.base()).deadline(own).build().unwrap().once_within(limit);
        let error = client.create_token(&request()).await.unwrap_err();
        assert!(matches!(error, Error::Unanswered(_)), "{error}");
    }
}

#[tokio::test]
async fn an_answer_is_kept_as_it_came_and_does_not_print() {
    let server = Server::start(vec![Act::Send(answer(201, ISSUED))]).await;
    let client = builder(&server.base()).build().unwrap();
    let recorded = client.create_token_recorded(&request()).await.unwrap();
    assert!(!format!("{recorded:?}").contains("tokenmarker"));
    assert_eq!(recorded.response.scan_ref, "s-1");
    assert_eq!(recorded.answer.into_exposed().as_slice(), ISSUED.as_bytes());
}
