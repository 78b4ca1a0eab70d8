//! Calls about one session: `POST` with `{"scanRef": …}` and nothing else.

use std::time::Duration;

use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::admit;
use crate::errors::Refusal;
use crate::json;
use crate::scenario::Scenario;
use crate::shared::Shared;

/// The vendor documents at most 40 characters.
const MAX_SCAN_REF: usize = 40;

/// Which session is asked about, and when.
pub(super) struct Asked {
    pub(super) scan_ref: String,
    pub(super) now: Duration,
}

/// Lets a request in and reads it, or answers.
pub(super) fn read(
    shared: &Shared,
    scenario: Scenario,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Asked, Box<Response>> {
    if let Some(refused) = admit::refused(shared, scenario, headers) {
        return Err(Box::new(refused));
    }
    let asked = || {
        let now = admit::time(shared, headers)?;
        admit::json_declared(headers)?;
        Ok(Asked { scan_ref: scan_ref(&json::read(body)?)?, now })
    };
    asked().map_err(|refusal: Refusal| Box::new(refusal.into_response()))
}

/// No document says how the vendor answers for a session that it does not know. Its standard errors are 400 with an
/// identifier, and 404 is a wrong path.
pub(super) fn unknown() -> Response {
    Refusal::field_must("scanRef".to_owned(), "be of a known verification").into_response()
}

/// Any other key is refused, as in a token request.
fn scan_ref(body: &Value) -> Result<String, Refusal> {
    let keys = body.as_object().into_iter().flatten().map(|(name, _)| name);
    if let Some(unknown) = keys.filter(|name| *name != "scanRef").min() {
        return Err(Refusal::unknown_field(unknown.clone()));
    }
    let field = || "scanRef".to_owned();
    match body.get("scanRef") {
        None => Err(Refusal::missing_field(field())),
        Some(Value::String(text)) if (1..=MAX_SCAN_REF).contains(&text.chars().count()) => Ok(text.clone()),
        Some(_) => Err(Refusal::field_must(field(), "be a text of 1 to 40 characters")),
    }
}
