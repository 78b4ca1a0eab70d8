//! The policies that exist for a caller.

use axum::Json;
use axum::extract::{OriginalUri, State};
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use http::{HeaderMap, HeaderValue, StatusCode};
use kyc_ledger::Scope;
use kyc_policy::{Policy, Style, client_schema};
use kyc_review::render::{TextOptions, to_json, to_text};
use kyc_review::{Card, Context, words};
use serde_json::{Value, json};

use super::page::{self, Limit};
use super::path::Name;
use crate::engine::Problem;
use crate::http::auth::Asking;
use crate::http::query::Query;
use crate::http::service::Service;

/// The parameters of the list.
const PARAMETERS: [&str; 2] = ["after", "limit"];

/// `GET /v1/policies`.
pub(in crate::http) async fn list(
    State(service): State<Service>,
    Asking(caller): Asking,
    OriginalUri(uri): OriginalUri,
) -> Result<Json<Value>, Problem> {
    caller.needs(Scope::Read)?;
    let query = Query::read(&uri, &PARAMETERS)?;
    let limit = Limit::read(&query)?;
    let after = query.get("after").unwrap_or_default();
    let set = service.engine.policies();
    let names = set.of(&caller).filter(|policy| policy.name() > after);
    let (policies, next) = page::cut(names.take(limit.with_one_more() as usize).collect(), limit);
    let next = next.map(|policy| policy.name().to_owned());
    Ok(Json(
        json!({ "policies": policies.iter().map(|policy| entry(policy)).collect::<Vec<_>>(), "next": next }),
    ))
}

/// `GET /v1/policies/{name}`.
pub(in crate::http) async fn one(
    State(service): State<Service>,
    Asking(caller): Asking,
    OriginalUri(uri): OriginalUri,
    Name(name): Name,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    caller.needs(Scope::Read)?;
    Query::read(&uri, &[])?;
    let set = service.engine.policies();
    let policy = set.policy(&caller, &name)?;
    let tag = entity_tag(policy);
    let mut answer = if is_known(&headers, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Json(described(policy)).into_response()
    };
    let headers = answer.headers_mut();
    // Asking each time whether it has changed is cheap; the answer depends on who asks.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if let Ok(tag) = HeaderValue::try_from(tag) {
        headers.insert(ETAG, tag);
    }
    Ok(answer)
}

fn entry(policy: &Policy) -> Value {
    json!({
        "name": policy.name(),
        "description": policy.governance().description.as_deref().map(words::written),
        "digest": policy.digest().to_string(),
        "document_digest": policy.document_digest().to_string(),
    })
}

fn described(policy: &Policy) -> Value {
    let card = Card::new(policy, &Context::default());
    let mut described = entry(policy);
    if let Value::Object(keys) = &mut described {
        keys.insert("client_schema".to_owned(), client_schema(policy));
        keys.insert("card_text".to_owned(), to_text(&card, TEXT).into());
        keys.insert("card".to_owned(), to_json(&card));
    }
    described
}

const TEXT: TextOptions = TextOptions { width: 100, keys: false, style: Style::Plain };

/// Weak (RFC 9110, section 8.8.1): the digest stands for all that reaches the vendor or the verdict; words for people can
/// change under it.
fn entity_tag(policy: &Policy) -> String {
    format!("W/\"{}\"", policy.digest())
}

/// Whether the caller has what the tag stands for, by the weak comparison.
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get_all(IF_NONE_MATCH).iter().filter_map(|known| known.to_str().ok());
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    known.flat_map(|known| known.split(',')).any(|known| known.trim() == "*" || opaque(known) == opaque(tag))
}
