//! What became of requests: a caller's own sessions, without a personal value and without a token.

use axum::Json;
use axum::extract::{OriginalUri, State};
use kyc_core::ClientId;
use kyc_ledger::{EraseReason, Scope, Session, SessionId, moment};
use serde_json::{Value, json};

use super::page::{self, Limit};
use super::path::Id;
use crate::engine::Problem;
use crate::http::auth::Asking;
use crate::http::query::Query;
use crate::http::service::Service;

/// The parameters of the list.
const PARAMETERS: [&str; 3] = ["client_id", "after", "limit"];

/// `GET /v1/sessions?client_id=`.
pub(in crate::http) async fn list(
    State(service): State<Service>,
    Asking(caller): Asking,
    OriginalUri(uri): OriginalUri,
) -> Result<Json<Value>, Problem> {
    caller.needs(Scope::Read)?;
    let query = Query::read(&uri, &PARAMETERS)?;
    let client = query.required("client_id", "an identifier of a client", |text| ClientId::new(text).ok())?;
    let after: Option<SessionId> = query.parsed("after", "the id of a session", |text| text.parse().ok())?;
    let limit = Limit::read(&query)?;
    let sessions = service.engine.sessions_of(&caller, &client, after, limit.with_one_more()).await?;
    let (sessions, next) = page::cut(sessions, limit);
    let next = next.map(|session| session.id.to_string());
    Ok(Json(json!({ "sessions": sessions.iter().map(Session::described).collect::<Vec<_>>(), "next": next })))
}

/// `GET /v1/sessions/{id}`.
pub(in crate::http) async fn one(
    State(service): State<Service>,
    Asking(caller): Asking,
    OriginalUri(uri): OriginalUri,
    id: Result<Id, Problem>,
) -> Result<Json<Value>, Problem> {
    caller.needs(Scope::Read)?;
    Query::read(&uri, &[])?;
    let Id(id) = id?;
    service.engine.session(&caller, id).await.map(|session| Json(session.described()))
}

/// `DELETE /v1/sessions/{id}?reason=`.
pub(in crate::http) async fn erase(
    State(service): State<Service>,
    Asking(caller): Asking,
    OriginalUri(uri): OriginalUri,
    id: Result<Id, Problem>,
) -> Result<Json<Value>, Problem> {
    caller.needs(Scope::Erase)?;
    let query = Query::read(&uri, &["reason"])?;
    let reason = query.required("reason", &reasons(), EraseReason::from_word)?;
    let Id(id) = id?;
    let erased = service.engine.erase(&caller, id, reason).await?;
    Ok(Json(json!({ "session_id": erased.id.to_string(), "erased_at": moment(erased.at) })))
}

fn reasons() -> String {
    let words = EraseReason::ALL.map(|reason| format!("`{reason}`"));
    format!("one of {}", words.join(", "))
}
