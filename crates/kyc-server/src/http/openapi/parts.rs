//! Parameters and headers.

use serde_json::{Map, Value, json};

use crate::http::routes::Limit;

/// A schema of the components.
pub(super) fn schema(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// The headers of every answer, and `more` of them.
pub(super) fn header_references(more: &[&str]) -> Map<String, Value> {
    let names = ["X-Request-Id", "Traceparent"].into_iter().chain(more.iter().copied());
    names.map(|name| (name.to_owned(), json!({ "$ref": format!("#/components/headers/{name}") }))).collect()
}

/// The headers of the components.
pub(super) fn headers() -> Value {
    let header = |description: &str, required: bool, schema: Value| json!({ "description": description, "required": required, "schema": schema });
    json!({
        // A head that is malformed belongs to no request.
        "X-Request-Id": header("The id of the request, which the log names too: the caller's own if it sent one of at most 64 letters, digits, `-`, `_` and `.`", false, json!({ "type": "string" })),
        "Traceparent": header("W3C Trace Context", false, json!({ "type": "string" })),
        "Retry-After": header("Seconds after which to ask again", false, json!({ "type": "integer", "minimum": 1 })),
        "WWW-Authenticate": header("What the caller has to show", true, json!({ "type": "string" })),
        "ETag": header("The policy's digest, as a weak tag", true, json!({ "type": "string" })),
        "Idempotent-Replayed": header("The token was issued earlier", true, json!({ "const": "true" })),
    })
}

pub(super) fn none() -> Vec<Value> {
    Vec::new()
}

pub(super) fn policy() -> Vec<Value> {
    vec![json!({
        "name": "name", "in": "path", "required": true,
        "description": "The policy's name",
        "schema": schema("PolicyName"),
    })]
}

pub(super) fn session() -> Vec<Value> {
    vec![json!({
        "name": "id", "in": "path", "required": true,
        "description": "The session's id, `session_id` of the answer that issued the token",
        "schema": schema("SessionId"),
    })]
}

pub(super) fn issue() -> Vec<Value> {
    let mut all = policy();
    all.push(json!({
        "name": "dry_run", "in": "query", "required": false,
        "description": "With `true` nothing is sent and nothing is written: the answer tells what would be sent, with every personal value masked",
        "schema": { "type": "boolean", "default": false },
    }));
    all.push(json!({
        "name": "Idempotency-Key", "in": "header", "required": true,
        "description": "A fresh one for each new intent, such as a UUID, and the same one with each repetition of it. A dry run needs none.",
        "schema": { "type": "string", "pattern": "^[!-~]{1,255}$" },
    }));
    all
}

pub(super) fn one_policy() -> Vec<Value> {
    let mut all = policy();
    all.push(json!({
        "name": "If-None-Match", "in": "header", "required": false,
        "description": "The `ETag` of what the caller has",
        "schema": { "type": "string" },
    }));
    all
}

pub(super) fn policies() -> Vec<Value> {
    vec![
        limit(),
        json!({
            "name": "after", "in": "query", "required": false,
            "description": "The name after which the page begins: `next` of the page before",
            "schema": { "type": "string" },
        }),
    ]
}

pub(super) fn sessions() -> Vec<Value> {
    vec![
        json!({
            "name": "client_id", "in": "query", "required": true,
            "description": "The caller's identifier of the client",
            "schema": { "type": "string", "pattern": "^[!-~]([ -~]*[!-~])?$", "minLength": 1, "maxLength": 100 },
        }),
        limit(),
        json!({
            "name": "after", "in": "query", "required": false,
            "description": "The session after which the page begins: `next` of the page before",
            "schema": schema("SessionId"),
        }),
    ]
}

pub(super) fn erase() -> Vec<Value> {
    let mut all = session();
    all.push(json!({
        "name": "reason", "in": "query", "required": true,
        "description": "Why the personal data are erased; it is recorded",
        "schema": schema("EraseReason"),
    }));
    all
}

fn limit() -> Value {
    json!({
        "name": "limit", "in": "query", "required": false,
        "description": "How many entries a page has at most",
        "schema": { "type": "integer", "minimum": 1, "maximum": Limit::MAX, "default": Limit::DEFAULT },
    })
}
