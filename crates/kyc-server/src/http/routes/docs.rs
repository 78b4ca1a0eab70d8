//! The description of the interface, for programs and as a page for people. The page needs nothing but this service.

use std::sync::{Arc, LazyLock};

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::response::{IntoResponse, Redirect, Response};
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use tracing::error;
use utoipa_swagger_ui::Config;

use crate::engine::{Code, Problem};
use crate::http::openapi;

/// Scripts, styles and requests of this service alone. Swagger UI draws its icons as `data:`.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

static DOCUMENT: LazyLock<String> = LazyLock::new(|| openapi::document().to_string());

static PAGE: LazyLock<Arc<Config<'static>>> = LazyLock::new(|| {
    Arc::new(Config::from("/openapi.json").use_base_layout().validator_url("none").with_credentials(false))
});

/// `GET /openapi.json`.
pub(in crate::http) async fn document() -> Response {
    ([(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-cache")], DOCUMENT.as_str()).into_response()
}

/// `GET /docs`.
pub(in crate::http) async fn front() -> Redirect {
    Redirect::permanent("/docs/")
}

/// `GET /docs/`.
pub(in crate::http) async fn index() -> Response {
    file("index.html")
}

/// `GET /docs/{file}`.
pub(in crate::http) async fn part(name: Result<Path<String>, PathRejection>) -> Response {
    name.map_or_else(|_| missing(), |Path(name)| file(&name))
}

fn file(name: &str) -> Response {
    match utoipa_swagger_ui::serve(name, Arc::clone(&PAGE)) {
        Ok(Some(file)) => {
            let headers = [
                (CONTENT_TYPE, file.content_type),
                (CACHE_CONTROL, "no-cache".to_owned()),
                (CONTENT_SECURITY_POLICY, POLICY.to_owned()),
            ];
            (headers, file.bytes.into_owned()).into_response()
        }
        Ok(None) => missing(),
        Err(error) => {
            error!(%error, "a file of the page of the interface cannot be made");
            Problem::new(Code::Internal, "the page cannot be shown").into_response()
        }
    }
}

fn missing() -> Response {
    Problem::new(Code::NotFound, "the page has no such file").into_response()
}
