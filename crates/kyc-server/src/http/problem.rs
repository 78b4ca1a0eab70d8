//! Problem documents (RFC 9457): what a caller reads when something was not done.

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, StatusCode};
use serde::Serialize;

use crate::engine::{Code, Problem, Violation};

/// The media type of problem documents.
pub(super) const PROBLEM_JSON: &str = "application/problem+json";

/// A problem as it is written.
#[derive(Debug, Serialize)]
pub(super) struct Document<'p> {
    #[serde(rename = "type")]
    kind: String,
    title: &'static str,
    status: u16,
    code: &'static str,
    detail: &'p str,
    help: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    instance: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    session_id: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    violations: Vec<Wrong<'p>>,
}

/// A violation or a warning as it is written.
#[derive(Debug, Serialize)]
pub(super) struct Wrong<'p> {
    pointer: &'p str,
    code: &'static str,
    message: &'p str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'p str>,
}

impl<'p> Document<'p> {
    /// The document of `problem`, about the request of this id.
    pub(super) fn new(problem: &'p Problem, request_id: Option<&str>) -> Self {
        let about = problem.code().about();
        Self {
            kind: type_of(problem.code()),
            title: about.title,
            status: about.status,
            code: about.code,
            detail: problem.detail(),
            help: about.advice,
            instance: request_id.map(|id| format!("urn:kyc:request:{id}")),
            session_id: problem.session().map(|id| id.to_string()),
            violations: problem.violations().iter().map(Wrong::from).collect(),
        }
    }

    /// The document as JSON.
    pub(super) fn to_json(&self) -> Vec<u8> {
        // Writing texts and numbers to memory cannot fail.
        serde_json::to_vec(self).unwrap_or_default()
    }
}

impl<'p> From<&'p Violation> for Wrong<'p> {
    fn from(violation: &'p Violation) -> Self {
        Self {
            pointer: &violation.pointer,
            code: violation.code,
            message: &violation.message,
            help: violation.help.as_deref(),
        }
    }
}

/// The URI of a kind of problem.
pub(super) fn type_of(code: Code) -> String {
    format!("urn:kyc:problem:{code}")
}

impl IntoResponse for Problem {
    /// The status, and the problem itself as an extension, of which the document is written where the request is known.
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = status_of(self.code());
        response.extensions_mut().insert(self);
        response
    }
}

/// The response, with the document of the problem that it is about if there is one.
pub(super) fn rendered(mut response: Response, request_id: &str) -> Response {
    let Some(problem) = response.extensions_mut().remove::<Problem>() else { return response };
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
    if let Some(seconds) = problem.retry_after_seconds() {
        headers.insert(RETRY_AFTER, seconds.into());
    }
    if problem.code() == Code::Unauthenticated {
        headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static(r#"Bearer realm="kyc""#));
    }
    *response.body_mut() = Body::from(Document::new(&problem, Some(request_id)).to_json());
    response
}

pub(super) fn status_of(code: Code) -> StatusCode {
    StatusCode::from_u16(code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
