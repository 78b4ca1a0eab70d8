//! One request for a token, and what the service says to it.

use std::net::SocketAddr;
use std::time::Duration;

use serde_json::Value;

use crate::people::POLICY;

/// What a caller gets.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// A token.
    Issued(Issued),
    /// A problem document: its status and its code.
    Problem(u16, String),
    /// No answer: the connection was refused, broke, or nothing came in time.
    Nothing,
}

/// A token as callers get it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Issued {
    /// The session's id at the service.
    pub session_id: String,
    /// The vendor's reference.
    pub scan_ref: String,
    /// The token itself.
    pub auth_token: String,
    /// When it expires.
    pub expires_at: String,
}

impl Answer {
    /// The problem's code.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Problem(_, code) => Some(code),
            Self::Issued(_) | Self::Nothing => None,
        }
    }
}

/// A caller of the service.
#[derive(Clone, Debug)]
pub struct Caller {
    http: reqwest::Client,
    /// The caller's own key, where one is needed.
    pub key: Option<String>,
}

impl Default for Caller {
    fn default() -> Self {
        let http = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(10)).build().unwrap();
        Self { http, key: None }
    }
}

impl Caller {
    /// Its connections.
    pub const fn http(&self) -> &reqwest::Client {
        &self.http
    }

    /// Asks for a token.
    ///
    /// # Panics
    ///
    /// If the answer is neither a token nor a problem document.
    pub async fn ask(&self, service: SocketAddr, key: &str, body: &Value) -> Answer {
        let url = format!("http://{service}/v1/policies/{POLICY}/tokens");
        let request = self.http.post(url).header("idempotency-key", key).json_body(body);
        let Ok(answer) = self.authorized(request).send().await else { return Answer::Nothing };
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let Ok(text) = answer.text().await else { return Answer::Nothing };
        let body: Value = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{status}: {text}"));
        let word = |name: &str| body[name].as_str().unwrap_or_else(|| panic!("{status}: {text}")).to_owned();
        if matches!(status, 200 | 201) {
            let replayed = headers.get("idempotent-replayed").is_some();
            assert_eq!(replayed, status == 200, "{status}: {headers:?}");
            return Answer::Issued(Issued {
                session_id: word("session_id"),
                scan_ref: word("scan_ref"),
                auth_token: word("auth_token"),
                expires_at: word("expires_at"),
            });
        }
        assert_eq!(headers["content-type"], "application/problem+json", "{status}: {text}");
        assert_eq!(body["status"], status, "{text}");
        Answer::Problem(status, word("code"))
    }

    /// The references of a client's sessions, as the service knows them.
    pub async fn known_references(&self, service: SocketAddr, client: &str) -> Vec<String> {
        let url = format!("http://{service}/v1/sessions?client_id={client}");
        let answer = self.authorized(self.http.get(url)).send().await.unwrap();
        let text = answer.text().await.unwrap();
        let list: Value = serde_json::from_str(&text).unwrap();
        let sessions = list["sessions"].as_array().unwrap_or_else(|| panic!("{text}"));
        sessions.iter().filter_map(|session| session["scan_ref"].as_str()).map(str::to_owned).collect()
    }

    fn authorized(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        match &self.key {
            Some(key) => request.bearer_auth(key),
            None => request,
        }
    }
}

trait JsonBody {
    fn json_body(self, body: &Value) -> Self;
}

impl JsonBody for reqwest::RequestBuilder {
    fn json_body(self, body: &Value) -> Self {
        self.header("content-type", "application/json").body(body.to_string())
    }
}
