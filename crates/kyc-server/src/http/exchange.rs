//! What every exchange of a request and an answer has: an id, a place in a trace, a line in the log, figures, headers,
//! and a document if it is about a problem; a panic among them.

use std::panic::AssertUnwindSafe;
use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt as _;
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderValue, Method};
use metrics::{counter, histogram};
use tracing::{Instrument as _, error, info, info_span};

use super::problem::rendered;
use super::trace_context::TraceContext;
use crate::engine::{Code, Problem};

/// The header of a request's id.
pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");
/// The longest id that is taken over from a caller.
const MAX_REQUEST_ID: usize = 64;

/// Answers a request by `next`, whatever happens there.
pub(super) async fn exchange(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let id = request_id(request.headers());
    let trace = TraceContext::under(text(request.headers(), &TRACEPARENT));
    let method = known(request.method());
    // The address itself can hold personal values; the route cannot.
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = move || route.as_ref().map_or("none", |route| route.as_str()).to_owned();
    let route = route();
    let span = info_span!("request", id, trace = %trace.trace_id());
    let answer = async {
        let answered = AssertUnwindSafe(next.run(request)).catch_unwind().await;
        let answer = rendered(answered.unwrap_or_else(|_| panicked()), &id);
        let status = answer.status().as_u16();
        let seconds = begun.elapsed().as_secs_f64();
        info!(method, route, status, seconds, "answered");
        counter!("kyc_http_requests_total", "method" => method, "route" => route.clone(), "status" => status.to_string())
            .increment(1);
        histogram!("kyc_http_request_seconds", "method" => method, "route" => route).record(seconds);
        answer
    };
    let mut answer = answer.instrument(span).await;
    complete(answer.headers_mut(), &id, trace);
    answer
}

fn panicked() -> Response {
    error!("a request ended in a panic, which is a mistake of the service");
    Problem::new(Code::Internal, "the request could not be answered").into_response()
}

/// The caller's id of the request, if it can be repeated without harm, else one of our own.
fn request_id(headers: &HeaderMap) -> String {
    let is_sane = |id: &&str| {
        (1..=MAX_REQUEST_ID).contains(&id.len())
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    };
    let given = text(headers, &REQUEST_ID).filter(is_sane);
    given.map_or_else(|| uuid::Uuid::now_v7().simple().to_string(), str::to_owned)
}

/// The header's text, if it was sent once.
fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next().filter(|_| values.next().is_none())?;
    value.to_str().ok()
}

/// Methods as labels: what a caller makes up is not one.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// The headers that every answer has; a route may have said more of some.
fn complete(headers: &mut HeaderMap, id: &str, trace: TraceContext) {
    let mut fallback = |name, value| {
        headers.entry(name).or_insert_with(|| HeaderValue::from_static(value));
    };
    fallback(CACHE_CONTROL, "no-store");
    fallback(CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
    fallback(REFERRER_POLICY, "no-referrer");
    fallback(X_CONTENT_TYPE_OPTIONS, "nosniff");
    for (name, value) in [(REQUEST_ID, id.to_owned()), (TRACEPARENT, trace.to_string())] {
        if let Ok(value) = HeaderValue::try_from(value) {
            headers.insert(name, value);
        }
    }
}
