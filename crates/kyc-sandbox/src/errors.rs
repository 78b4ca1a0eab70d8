//! Refusals and the error bodies that carry them.
//!
//! The vendor's current body is `{"identifier","message"}`; what is refused before the request is processed (401, 402,
//! 403) has no `identifier`. Older bodies add `documentation` and `severity`.

use std::fmt;

use axum::Json;
use axum::http::StatusCode;
use axum::http::header::{ALLOW, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Longest field name shown in a message, in characters: a name comes from the request and may be of any length.
const MAX_SHOWN_NAME: usize = 100;

/// The vendor's stable key of an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Identifier {
    /// A value that is not allowed.
    BadValue,
    /// A mandatory value is absent.
    MissingValue,
    /// The body is not the JSON that was expected.
    JsonError,
    /// The body is not valid UTF-8.
    EncodingError,
    /// Out of verification credits.
    PermissionsError,
    /// Not for this account, or not now.
    PartnerError,
    /// The path exists, the verb does not.
    MethodNotAllowed,
    /// Rate limit.
    TooManyRequests,
    /// A mistake of the server.
    InternalError,
}

impl Identifier {
    /// As written on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BadValue => "BAD_VALUE",
            Self::MissingValue => "MISSING_VALUE",
            Self::JsonError => "JSON_ERROR",
            Self::EncodingError => "ENCODING_ERROR",
            Self::PermissionsError => "PERMISSIONS_ERROR",
            Self::PartnerError => "PARTNER_ERROR",
            Self::MethodNotAllowed => "METHOD_NOT_ALLOWED",
            Self::TooManyRequests => "TOO_MANY_REQUESTS",
            Self::InternalError => "INTERNAL_ERROR",
        }
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why a request body is refused. Never holds a value of the body, only names of fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    identifier: Identifier,
    field: Option<String>,
    message: String,
}

impl Refusal {
    /// The vendor's key of this kind of refusal.
    pub const fn identifier(&self) -> Identifier {
        self.identifier
    }

    /// The refused field, nested names joined by dots (`additionalSteps.ALL.ALL.UTILITY_BILL.type`); `None` when the
    /// body as a whole is refused.
    pub fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }

    /// The sentence for humans.
    pub fn message(&self) -> &str {
        &self.message
    }

    pub(crate) fn field_must(field: String, must: &str) -> Self {
        let message = format!("Field '{}' must {must}.", shown(&field));
        Self { identifier: Identifier::BadValue, field: Some(field), message }
    }

    pub(crate) fn unknown_field(field: String) -> Self {
        let message = format!("Field '{}' is not known.", shown(&field));
        Self { identifier: Identifier::BadValue, field: Some(field), message }
    }

    pub(crate) fn repeated_field(field: String) -> Self {
        let message = format!("Field '{}' is given more than once.", shown(&field));
        Self { identifier: Identifier::BadValue, field: Some(field), message }
    }

    pub(crate) fn missing_field(field: String) -> Self {
        let message = format!("Field '{}' is required.", shown(&field));
        Self { identifier: Identifier::MissingValue, field: Some(field), message }
    }

    pub(crate) fn body(identifier: Identifier, message: impl Into<String>) -> Self {
        Self { identifier, field: None, message: message.into() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.identifier, self.message)
    }
}

impl std::error::Error for Refusal {}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = match self.identifier {
            Identifier::InternalError => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        };
        identified(status, self.identifier, &self.message)
    }
}

/// The current error body.
pub(crate) fn identified(status: StatusCode, identifier: Identifier, message: &str) -> Response {
    (status, Json(json!({ "identifier": identifier.as_str(), "message": message }))).into_response()
}

/// The error body of what fails before processing.
pub(crate) fn unidentified(status: StatusCode, message: &str) -> Response {
    (status, Json(json!({ "message": message }))).into_response()
}

pub(crate) fn unauthorized() -> Response {
    unidentified(StatusCode::UNAUTHORIZED, "Invalid authorization credentials")
}

pub(crate) fn forbidden() -> Response {
    unidentified(StatusCode::FORBIDDEN, "Partner inactive")
}

/// The status is documented; the body is only known by this text.
pub(crate) fn conflict() -> Response {
    unidentified(StatusCode::CONFLICT, "Client ID already exists")
}

pub(crate) fn not_found() -> Response {
    unidentified(StatusCode::NOT_FOUND, "Not found.")
}

pub(crate) fn too_large() -> Response {
    unidentified(StatusCode::PAYLOAD_TOO_LARGE, "The request body is too large.")
}

pub(crate) fn token_limit() -> Response {
    identified(StatusCode::BAD_REQUEST, Identifier::PermissionsError, "Partner reached token limit.")
}

/// The documents show this text with status 400 and with 403; the newest that has an identifier says 400.
pub(crate) fn not_for_production() -> Response {
    let message = "This endpoint is not available for PRODUCTION partners.";
    identified(StatusCode::BAD_REQUEST, Identifier::PermissionsError, message)
}

pub(crate) fn server_error() -> Response {
    identified(StatusCode::INTERNAL_SERVER_ERROR, Identifier::InternalError, "Internal error.")
}

pub(crate) fn method_not_allowed(allowed: &'static str) -> Response {
    let answer =
        identified(StatusCode::METHOD_NOT_ALLOWED, Identifier::MethodNotAllowed, "Method is not allowed.");
    ([(ALLOW, allowed)], answer).into_response()
}

/// The vendor documents no `Retry-After`; `advice` is in seconds.
pub(crate) fn rate_limited(advice: Option<&'static str>) -> Response {
    let answer = identified(StatusCode::TOO_MANY_REQUESTS, Identifier::TooManyRequests, "Too many requests.");
    match advice {
        Some(seconds) => ([(RETRY_AFTER, seconds)], answer).into_response(),
        None => answer,
    }
}

const NO_FUNDS: &str = "Action not allowed due to lack of funds or exceeded limit.";

pub(crate) fn no_funds() -> Response {
    unidentified(StatusCode::PAYMENT_REQUIRED, NO_FUNDS)
}

/// The 402 of a sibling API of the vendor.
pub(crate) fn no_funds_with_code() -> Response {
    let body = json!({ "message": NO_FUNDS, "code": "insufficient_finances", "detail": {} });
    (StatusCode::PAYMENT_REQUIRED, Json(body)).into_response()
}

/// The vendor's sample of a refused deletion, which has the former error body.
pub(crate) fn token_alive() -> Response {
    let body = json!({
        "message": "Token has not expired yet.",
        "identifier": Identifier::PartnerError.as_str(),
        "documentation": "",
        "severity": "NOT_SEVERE",
    });
    (StatusCode::BAD_REQUEST, Json(body)).into_response()
}

/// The former error body, with the message of the vendor's sample.
pub(crate) fn legacy() -> Response {
    let body = json!({
        "message": "Field 'country' must be a valid ISO 3166-1 alpha-2 code.",
        "identifier": Identifier::BadValue.as_str(),
        "documentation": "",
        "severity": "NOT_SEVERE",
    });
    (StatusCode::BAD_REQUEST, Json(body)).into_response()
}

fn shown(field: &str) -> String {
    field.chars().take(MAX_SHOWN_NAME).collect()
}
