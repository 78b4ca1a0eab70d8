//! The vendor: the stand-in of the workspace, behind a gate that is late and bends answers as tests want it.
//!
//! What has passed the gate goes on whatever becomes of the caller, as it does at a real vendor: a session can come to
//! be after the service that asked for it was killed.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::HOST;
use axum::response::{IntoResponse as _, Response};
use http_body_util::Full;
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use kyc_sandbox::{Running, SCENARIO_HEADER, Sandbox, Scenario};
use serde_json::Value;
use tokio::net::{TcpListener, TcpStream};

use crate::service::{API_KEY, API_SECRET};

const TOKEN_PATH: &str = "/api/v2/token";
const LIST_PATH: &str = "/kyc/identifications/";
const PER_PAGE: usize = 100;

/// A running vendor. Dropping it stops it.
#[derive(Debug)]
pub struct Vendor {
    sandbox: Running,
    gate: Arc<Gate>,
    address: SocketAddr,
    server: tokio::task::JoinHandle<()>,
}

/// How the vendor behaves.
#[derive(Clone, Copy, Debug)]
pub struct Mood {
    /// What becomes of requests for tokens.
    pub scenario: Scenario,
    /// The longest time that passes before a session exists; each request draws its own.
    pub before: Duration,
    /// The longest time that passes from then on until it is told.
    pub after: Duration,
}

impl Default for Mood {
    fn default() -> Self {
        Self { scenario: Scenario::Normal, before: Duration::ZERO, after: Duration::ZERO }
    }
}

#[derive(Debug)]
struct Gate {
    sandbox: SocketAddr,
    mood: Mutex<Mood>,
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    requests: usize,
    /// Clients with a request for a token under way.
    under_way: BTreeSet<String>,
    /// Clients for whom a second one came meanwhile.
    overlaps: BTreeSet<String>,
}

impl Vendor {
    /// Starts it on a free port of this machine.
    pub async fn start(mood: Mood) -> Self {
        let sandbox = Sandbox::builder()
            .credentials(API_KEY, API_SECRET)
            // Far longer than any service waits, and short enough for tests to see the end of it.
            .slow_delay(Duration::from_secs(8))
            .build()
            .start()
            .await
            .unwrap();
        let at = sandbox.base_url().trim_start_matches("http://").parse().unwrap();
        let gate = Arc::new(Gate { sandbox: at, mood: Mutex::new(mood), seen: Mutex::default() });
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().fallback(pass).with_state(Arc::clone(&gate));
        let server = tokio::spawn(async move {
            let _ = axum::serve(listener, router).await;
        });
        Self { sandbox, gate, address, server }
    }

    /// Where the service finds it.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Behaves otherwise from now on.
    pub fn set(&self, mood: Mood) {
        *self.gate.mood.lock().unwrap() = mood;
    }

    /// How many requests for tokens came.
    pub fn requests(&self) -> usize {
        self.gate.seen.lock().unwrap().requests
    }

    /// Clients with two requests under way at once, which must not be.
    pub fn overlaps(&self) -> Vec<String> {
        self.gate.seen.lock().unwrap().overlaps.iter().cloned().collect()
    }

    /// The vendor's own list: the sessions of each of these clients, by reference.
    ///
    /// # Panics
    ///
    /// If it has sessions of others.
    pub async fn sessions<'a>(
        &self,
        clients: impl IntoIterator<Item = &'a str>,
    ) -> BTreeMap<String, Vec<String>> {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let mut all = BTreeMap::new();
        for client in clients {
            let (count, references) = self.list(&http, Some(client)).await;
            assert_eq!(count, references.len(), "more sessions of one client than fit a page");
            all.insert(client.to_owned(), references);
        }
        let (count, _) = self.list(&http, None).await;
        assert_eq!(count, all.values().map(Vec::len).sum::<usize>(), "the vendor has sessions of nobody's");
        all
    }

    async fn list(&self, http: &reqwest::Client, client: Option<&str>) -> (usize, Vec<String>) {
        let filter = client.map(|client| format!("clientId={client}&")).unwrap_or_default();
        let url = format!("{}{LIST_PATH}?{filter}page=1&perPage={PER_PAGE}", self.sandbox.base_url());
        let answer = http.get(url).basic_auth(API_KEY, Some(API_SECRET)).send().await.unwrap();
        let text = answer.text().await.unwrap();
        let list: Value = serde_json::from_str(&text).unwrap();
        let count = usize::try_from(list["count"].as_u64().unwrap_or_else(|| panic!("{text}"))).unwrap();
        let row = |row: &Value| row["scanRef"].as_str().unwrap().to_owned();
        (count, list["results"].as_array().unwrap().iter().map(row).collect())
    }
}

impl Drop for Vendor {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn pass(State(gate): State<Arc<Gate>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, usize::MAX).await else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let _under_way = (parts.uri.path() == TOKEN_PATH).then(|| UnderWay::begin(&gate, client_of(&body)));
    // In a task of its own: it goes on without its caller.
    let gate = Arc::clone(&gate);
    let passed = tokio::spawn(async move { gate.pass(parts, body).await });
    passed.await.unwrap().unwrap_or_else(|| StatusCode::BAD_GATEWAY.into_response())
}

/// A request for a token whose caller still waits.
struct UnderWay {
    gate: Arc<Gate>,
    client: String,
}

impl UnderWay {
    fn begin(gate: &Arc<Gate>, client: String) -> Self {
        let mut seen = gate.seen.lock().unwrap();
        seen.requests += 1;
        if !seen.under_way.insert(client.clone()) {
            seen.overlaps.insert(client.clone());
        }
        Self { gate: Arc::clone(gate), client }
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.gate.seen.lock().unwrap().under_way.remove(&self.client);
    }
}

impl Gate {
    async fn pass(&self, mut parts: http::request::Parts, body: Bytes) -> Option<Response> {
        if parts.uri.path() != TOKEN_PATH {
            return self.hand_on(parts, body).await;
        }
        let mood = *self.mood.lock().unwrap();
        parts.headers.insert(SCENARIO_HEADER, mood.scenario.name().parse().unwrap());
        tokio::time::sleep(some(mood.before)).await;
        let answer = self.hand_on(parts, body).await;
        tokio::time::sleep(some(mood.after)).await;
        answer
    }

    async fn hand_on(&self, mut parts: http::request::Parts, body: Bytes) -> Option<Response> {
        let stream = TcpStream::connect(self.sandbox).await.ok()?;
        let (mut sender, connection) = handshake(TokioIo::new(stream)).await.ok()?;
        tokio::spawn(connection);
        parts.headers.insert(HOST, self.sandbox.to_string().parse().unwrap());
        let answer = sender.send_request(http::Request::from_parts(parts, Full::new(body))).await.ok()?;
        // As it comes: what breaks off behind the gate breaks off before it.
        Some(answer.map(Body::new))
    }
}

fn client_of(body: &[u8]) -> String {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    body["clientId"].as_str().unwrap_or_default().to_owned()
}

fn some(longest: Duration) -> Duration {
    longest.mul_f64(fastrand::f64())
}
