//! The interface as OpenAPI 3.1, made of the table of operations, the registry of codes and the table of the client's
//! fields.

mod operation;
mod operations;
mod parts;
mod schemas;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use operations::OPERATIONS;

/// The document.
pub fn document() -> Value {
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for operation in OPERATIONS {
        let path = paths.entry(operation.path).or_default();
        path.insert(operation.method.as_str().to_owned(), operation.described());
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "kyc",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Identity verification by the names of policies",
            "description": DESCRIPTION,
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "tags": tags(),
        "security": [{ "key": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A caller's key, made by `kyc keys add`. A service that listens on loopback and has no keys asks for none.",
                },
            },
            "schemas": schemas::all(),
            "headers": parts::headers(),
        },
    })
}

const DESCRIPTION: &str = "Tokens for verifying people with iDenfy, issued by the name of a policy. A token is bought \
    once for each `Idempotency-Key`: the same request with the same key has the same answer, whatever happens between. \
    Every problem is a document of RFC 9457 whose `code` is stable; PROBLEMS.md says of each what it means, and what to do.";

fn tags() -> Value {
    json!([
        { "name": "tokens", "description": "Verifying people" },
        { "name": "policies", "description": "What people are verified by" },
        { "name": "sessions", "description": "What became of requests" },
        { "name": "operation", "description": "For those who run the service" },
    ])
}
