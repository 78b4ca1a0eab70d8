//! Tokens by the name of a policy.

use axum::Json;
use axum::body::Body;
use axum::extract::{OriginalUri, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use kyc::PolicyRef;
use kyc_core::DigitCode;
use kyc_ledger::{IdempotencyKey, Scope, moment};
use kyc_policy::{ClientInput, InputValue, read_json};
use serde::Serialize;
use serde_json::value::RawValue;

use super::path::Name;
use crate::engine::{Code, DryRun, Problem, Reply, Violation};
use crate::http::auth::Asking;
use crate::http::body;
use crate::http::problem::Wrong;
use crate::http::query::Query;
use crate::http::service::Service;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// The key of a body that is no field of the client.
const REISSUE: &str = "reissue";
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// `POST /v1/policies/{name}/tokens`.
pub(in crate::http) async fn issue(
    State(service): State<Service>,
    Asking(caller): Asking,
    OriginalUri(uri): OriginalUri,
    Name(name): Name,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    caller.needs(Scope::Issue)?;
    // What does not exist for the caller is said before anything of the request is looked at.
    service.engine.policies().policy(&caller, &name)?;
    let query = Query::read(&uri, &["dry_run"])?;
    let dry_run = query.parsed("dry_run", "`true` or `false`", |text| text.parse().ok())?.unwrap_or(false);
    let key = idempotency_key(&headers)?;
    let key = if dry_run { None } else { Some(key.ok_or_else(key_required)?) };
    let bytes = body::json(&headers, body, service.body).await?;
    let mut data = read_json(&bytes).map_err(|error| Problem::new(Code::BadJson, error.to_string()))?;
    let reissue = match reissue(&mut data) {
        Ok(reissue) => reissue,
        Err(violation) => {
            let mut violations = service.engine.mistakes(&caller, &name, &data)?;
            violations.push(violation);
            return Err(Problem::of_data(&name, violations));
        }
    };
    match key {
        None => service.engine.dry_run(&caller, &name, data).await.map(|dry_run| would(&dry_run)),
        Some(key) => {
            service.engine.issue(&caller, &name, &key, data, reissue).await.map(|reply| issued(&reply))
        }
    }
}

/// Whether another session is to be paid for: the key beside the client's data that says so.
fn reissue(data: &mut ClientInput) -> Result<bool, Violation> {
    match data.take(REISSUE).as_slice() {
        [] => Ok(false),
        [InputValue::Switch(reissue)] => Ok(*reissue),
        _ => Err(Violation {
            pointer: format!("/{REISSUE}"),
            code: "reissue-invalid",
            message: format!("`{REISSUE}` is not given once as `true` or `false`"),
            help: Some("give it as `true` to pay for another session, or leave it out".to_owned()),
        }),
    }
}

/// The key, if one was sent. A malformed one is not repeated.
fn idempotency_key(headers: &HeaderMap) -> Result<Option<IdempotencyKey>, Problem> {
    let mut values = headers.get_all(IDEMPOTENCY_KEY).iter();
    let Some(value) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        return Err(Problem::new(Code::IdempotencyKeyInvalid, "the header `Idempotency-Key` was sent twice"));
    }
    let key = value.to_str().ok().and_then(|text| IdempotencyKey::new(text).ok());
    let invalid = || {
        let detail = format!("the key is not 1 to {} visible ASCII characters", IdempotencyKey::MAX);
        Problem::new(Code::IdempotencyKeyInvalid, detail)
    };
    key.map(Some).ok_or_else(invalid)
}

fn key_required() -> Problem {
    Problem::new(Code::IdempotencyKeyRequired, "the header `Idempotency-Key` is missing")
}

/// What a caller gets who asks for a token, now or once more: the same bytes.
#[derive(Serialize)]
struct TokenBody<'r> {
    auth_token: &'r str,
    redirect_url: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    digit_code: Option<&'r str>,
    scan_ref: &'r str,
    expires_at: String,
    session_id: String,
    policy: PolicyBody<'r>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<Wrong<'r>>,
}

/// What a caller gets who asks what would be sent.
#[derive(Serialize)]
struct DryRunBody<'r> {
    policy: PolicyBody<'r>,
    account: &'r str,
    environment: &'static str,
    request: &'r RawValue,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<Wrong<'r>>,
}

#[derive(Serialize)]
struct PolicyBody<'r> {
    name: &'r str,
    digest: String,
}

impl<'r> From<&'r PolicyRef> for PolicyBody<'r> {
    fn from(policy: &'r PolicyRef) -> Self {
        Self { name: &policy.name, digest: policy.digest.to_string() }
    }
}

fn issued(reply: &Reply) -> Response {
    let body = Json(TokenBody {
        auth_token: reply.token.auth_token.expose_secret(),
        redirect_url: reply.token.redirect_url.expose_secret(),
        digit_code: reply.token.digit_code.as_ref().map(DigitCode::expose_secret),
        scan_ref: reply.token.scan_ref.as_str(),
        expires_at: moment(reply.token.expires_at),
        session_id: reply.session_id.to_string(),
        policy: (&reply.policy).into(),
        warnings: reply.warnings.iter().map(Wrong::from).collect(),
    });
    if !reply.replayed {
        return (StatusCode::CREATED, body).into_response();
    }
    ([(REPLAYED, HeaderValue::from_static("true"))], body).into_response()
}

fn would(dry_run: &DryRun) -> Response {
    Json(DryRunBody {
        policy: (&dry_run.policy).into(),
        account: &dry_run.account,
        environment: dry_run.environment.as_str(),
        // It is JSON already.
        request: serde_json::from_str(&dry_run.request).unwrap_or(RawValue::NULL),
        warnings: dry_run.warnings.iter().map(Wrong::from).collect(),
    })
    .into_response()
}
