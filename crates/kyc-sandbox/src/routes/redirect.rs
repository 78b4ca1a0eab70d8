//! `GET /api/v2/redirect?authToken=…`: where the vendor would send the person's browser.
//!
//! A placeholder page. Nothing of the request is shown in it.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::{IntoResponse, Response};

use crate::shared::Shared;

pub(super) async fn show(State(shared): State<Arc<Shared>>, RawQuery(query): RawQuery) -> Response {
    // Tokens are letters and digits, so nothing needs decoding: what is encoded is not one of ours.
    let token =
        query.as_deref().unwrap_or_default().split('&').find_map(|pair| pair.strip_prefix("authToken="));
    match token {
        None | Some("") => page(StatusCode::BAD_REQUEST, "The address holds no authToken."),
        Some(token) if shared.tokens.knows(token) => {
            page(StatusCode::OK, "Here the user would scan their document and take a selfie.")
        }
        Some(_) => page(StatusCode::NOT_FOUND, "This authToken is not known."),
    }
}

fn page(status: StatusCode, text: &'static str) -> Response {
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Sandbox</title></head>\n\
         <body><h1>Sandbox, not the vendor</h1><p>{text}</p></body>\n</html>\n"
    );
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        // The address holds a token.
        (CACHE_CONTROL, "no-store"),
        (REFERRER_POLICY, "no-referrer"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (status, headers, html).into_response()
}
