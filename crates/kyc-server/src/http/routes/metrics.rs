//! Figures for Prometheus.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;
use kyc_ledger::Scope;

use crate::engine::{Code, Problem};
use crate::http::auth::Asking;
use crate::http::service::Service;

/// The media type of Prometheus' text format.
pub(in crate::http) const TEXT_FORMAT: &str = "text/plain; version=0.0.4; charset=utf-8";

/// `GET /metrics`. Figures name policies, so they are for callers for whom all policies exist.
pub(in crate::http) async fn figures(
    State(service): State<Service>,
    Asking(caller): Asking,
) -> Result<Response, Problem> {
    caller.needs(Scope::Read)?;
    if !caller.policies.iter().any(|glob| glob.as_str() == "*") {
        let detail = "figures tell of all policies, and the key is for some: it needs the pattern `*`";
        return Err(Problem::new(Code::Forbidden, detail));
    }
    Ok(([(CONTENT_TYPE, TEXT_FORMAT)], service.figures.render()).into_response())
}
