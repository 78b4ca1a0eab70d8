//! A client of `kyc serve`: what another service, in any language, has to do. It needs HTTP and JSON, and nothing of kyc.

use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use serde::Deserialize;
use serde_json::Value;

/// A client of the service.
pub(crate) struct Client {
    http: reqwest::Client,
    /// Where the service is, without a slash at the end.
    base: String,
    /// The caller's key, made by `kyc keys add`; none where the service answers its own machine alone.
    key: Option<String>,
}

/// A token, and what to remember of it. `auth_token` and `redirect_url` open the session: they go to the client's browser
/// and into no log.
#[derive(Debug, Deserialize)]
pub(crate) struct Token {
    pub(crate) redirect_url: String,
    pub(crate) scan_ref: String,
    /// RFC 3339, in UTC.
    pub(crate) expires_at: String,
    pub(crate) session_id: String,
    pub(crate) policy: Policy,
}

/// The policy under which a session was issued: remember both, and what was demanded of the client can be shown later.
#[derive(Debug, Deserialize)]
pub(crate) struct Policy {
    pub(crate) name: String,
    pub(crate) digest: String,
}

/// Why there is no token: an RFC 9457 problem. Programs look at `code`, which stays; people read the rest.
#[derive(Debug, Deserialize)]
pub(crate) struct Problem {
    pub(crate) code: String,
    pub(crate) title: String,
    pub(crate) detail: Option<String>,
    #[serde(default)]
    pub(crate) violations: Vec<Violation>,
}

/// One thing that is wrong with the client's data.
#[derive(Debug, Deserialize)]
pub(crate) struct Violation {
    /// A JSON pointer into what was sent, such as `/date_of_birth`.
    pub(crate) pointer: String,
    pub(crate) message: String,
}

/// What the service answers.
#[derive(Debug)]
pub(crate) enum Answer {
    /// A new session, which costs.
    New(Token),
    /// The token of a session that this key has paid for already.
    Again(Token),
    /// No token, and when to ask again with the same key if that helps.
    No(Problem, Option<Duration>),
}

impl Client {
    pub(crate) fn new(base: &str, key: Option<String>) -> reqwest::Result<Self> {
        // Longer than the service takes at most: it answers by its own deadline.
        let http = reqwest::Client::builder().timeout(Duration::from_secs(40)).build()?;
        Ok(Self { http, base: base.to_owned(), key })
    }

    /// Asks for a token. `key` stands for one intent: make it once, store it with the order or the sign-up that it is for,
    /// and use it for every repetition. Whatever happens on the way, one key never pays for two sessions.
    pub(crate) async fn issue(&self, policy: &str, key: &str, client: &Value) -> reqwest::Result<Answer> {
        let url = format!("{}/v1/policies/{policy}/tokens", self.base);
        let request = self.post(url, client).header("Idempotency-Key", key);
        let answer = request.send().await?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let body = answer.bytes().await?;
        if !status.is_success() {
            let seconds = headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
            return Ok(Answer::No(problem(status, &body), seconds.map(Duration::from_secs)));
        }
        let is_new = status == StatusCode::CREATED;
        Ok(match serde_json::from_slice(&body) {
            Ok(token) if is_new => Answer::New(token),
            Ok(token) => Answer::Again(token),
            Err(_) => Answer::No(problem(status, &body), None),
        })
    }

    /// What would be sent to the vendor, with personal values masked. Nothing is sent, and nothing is paid for.
    pub(crate) async fn dry_run(&self, policy: &str, client: &Value) -> reqwest::Result<Value> {
        let url = format!("{}/v1/policies/{policy}/tokens?dry_run=true", self.base);
        let body = self.post(url, client).send().await?.bytes().await?;
        Ok(serde_json::from_slice(&body).unwrap_or_default())
    }

    fn post(&self, url: String, client: &Value) -> reqwest::RequestBuilder {
        let request = self.http.post(url).header(CONTENT_TYPE, "application/json").body(client.to_string());
        match &self.key {
            Some(key) => request.bearer_auth(key),
            None => request,
        }
    }
}

/// The problem of an answer; something between here and the service may answer in its place.
fn problem(status: StatusCode, body: &[u8]) -> Problem {
    serde_json::from_slice(body).unwrap_or_else(|_| Problem {
        code: "not-the-service".to_owned(),
        title: format!("something else answered, with {status}"),
        detail: None,
        violations: Vec::new(),
    })
}
