//! What bodies look like.

use kyc_ledger::{Environment, EraseReason, State};
use kyc_policy::{ClientField, client_field_schema};
use serde_json::{Map, Value, json};

use super::parts::schema;

/// The schemas of the components.
pub(super) fn all() -> Value {
    json!({
        "Problem": problem(),
        "Violation": violation(),
        "PolicyName": {
            "type": "string",
            "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
            "maxLength": 63,
            "examples": ["eu-onboarding"],
        },
        "SessionId": { "type": "string", "pattern": "^[0-9a-f]{12}7[0-9a-f]{19}$" },
        "Digest": { "type": "string", "pattern": "^[0-9a-f]{64}$" },
        "Moment": { "type": "string", "format": "date-time" },
        "TokenRequest": token_request(),
        "Token": token(),
        "DryRun": dry_run(),
        "TokenOrDryRun": { "anyOf": [schema("Token"), schema("DryRun")] },
        "PolicyRef": object(json!({ "name": schema("PolicyName"), "digest": schema("Digest") }), &[]),
        "PolicyEntry": policy_entry(json!({})),
        "Policies": object(json!({
            "policies": list_of("PolicyEntry"),
            "next": nullable(schema("PolicyName")),
        }), &[]),
        "Policy": policy_entry(json!({
            "client_schema": { "type": "object", "description": "JSON Schema (2020-12) of the data that the policy takes of a client" },
            "card": { "type": "object", "description": "What the policy means, part by part" },
            "card_text": { "type": "string", "description": "The same as a text" },
        })),
        "Session": session(),
        "Sessions": object(json!({
            "sessions": list_of("Session"),
            "next": nullable(schema("SessionId")),
        }), &[]),
        "EraseReason": { "type": "string", "enum": EraseReason::ALL.map(EraseReason::as_str) },
        "Erased": object(json!({ "session_id": schema("SessionId"), "erased_at": schema("Moment") }), &[]),
        "Health": object(json!({ "status": { "const": "ok" } }), &[]),
        "Readiness": readiness(),
        "OpenApi": { "type": "object", "required": ["openapi", "info", "paths"] },
    })
}

fn problem() -> Value {
    let properties = json!({
        "type": { "type": "string", "description": "`urn:kyc:problem:` and the code" },
        "title": { "type": "string", "description": "The code in a few words, the same each time" },
        "status": { "type": "integer", "description": "The HTTP status" },
        "code": { "type": "string", "description": "A word that stays; PROBLEMS.md lists all" },
        "detail": { "type": "string", "description": "What is special about this time. It holds no value of the client." },
        "help": { "type": "string", "description": "What to do" },
        "instance": { "type": "string", "description": "`urn:kyc:request:` and the request's id; missing if the head of the request could not be read" },
        "session_id": schema("SessionId"),
        "violations": list_of("Violation"),
    });
    object(properties, &["instance", "session_id", "violations"])
}

fn violation() -> Value {
    let properties = json!({
        "pointer": { "type": "string", "description": "A JSON pointer (RFC 6901) into the body; empty for what is about no part of it" },
        "code": { "type": "string", "description": "The rule; `kyc explain RULE` tells of it" },
        "message": { "type": "string" },
        "help": { "type": "string" },
    });
    object(properties, &["help"])
}

/// Every field that some policy may take: which of them one takes is in its own schema.
fn token_request() -> Value {
    let mut properties: Map<String, Value> =
        ClientField::ALL.iter().map(|field| (field.to_string(), client_field_schema(*field))).collect();
    let reissue = json!({
        "type": "boolean",
        "description": "Pay for another session if the one of this key was lost",
        "default": false,
    });
    properties.insert("reissue".to_owned(), reissue);
    // It alone is required by every policy, so it alone cannot be null.
    let client_id = properties.get_mut("client_id").and_then(|field| field.get_mut("anyOf"));
    if let Some(Value::Array(forms)) = client_id {
        forms.truncate(1);
    }
    json!({
        "type": "object",
        "description": "The client's data. Which fields a policy requires and accepts is in `client_schema` of `GET /v1/policies/{name}`.",
        "properties": properties,
        "required": ["client_id"],
        "additionalProperties": false,
        "examples": [{ "client_id": "user-123", "first_name": "Jonas", "last_name": "Jonaitis", "date_of_birth": "1990-05-15" }],
    })
}

fn token() -> Value {
    let properties = json!({
        "auth_token": { "type": "string", "description": "Whoever holds it can go through the verification" },
        "redirect_url": { "type": "string", "description": "The address that the client opens; it carries the token" },
        "scan_ref": { "type": "string", "description": "The vendor's reference of the session" },
        "expires_at": schema("Moment"),
        "session_id": schema("SessionId"),
        "policy": schema("PolicyRef"),
        "digit_code": { "type": "string", "description": "The code for the vendor's mobile application" },
        "warnings": list_of("Violation"),
    });
    object(properties, &["digit_code", "warnings"])
}

fn dry_run() -> Value {
    let properties = json!({
        "policy": schema("PolicyRef"),
        "account": { "type": "string" },
        "environment": environment(),
        "request": { "type": "object", "description": "The body for the vendor, with every personal value masked" },
        "warnings": list_of("Violation"),
    });
    object(properties, &["warnings"])
}

fn policy_entry(more: Value) -> Value {
    let mut properties = json!({
        "name": schema("PolicyName"),
        "description": nullable(json!({ "type": "string" })),
        "digest": schema("Digest"),
        "document_digest": schema("Digest"),
    });
    if let (Value::Object(properties), Value::Object(more)) = (&mut properties, more) {
        properties.extend(more);
    }
    object(properties, &[])
}

fn session() -> Value {
    let moment = || nullable(schema("Moment"));
    let refusal = object(
        json!({ "code": { "type": "string" }, "status": nullable(json!({ "type": "integer" })) }),
        &[],
    );
    let properties = json!({
        "session_id": schema("SessionId"),
        "state": { "type": "string", "enum": State::ALL.map(State::as_str) },
        "policy": schema("PolicyRef"),
        "account": { "type": "string" },
        "environment": environment(),
        "attempt": { "type": "integer", "minimum": 1, "description": "Which session of its key it is" },
        "replaces": nullable(schema("SessionId")),
        "created_at": schema("Moment"),
        "changed_at": schema("Moment"),
        "scan_ref": nullable(json!({ "type": "string", "description": "The vendor's reference" })),
        "expires_at": moment(),
        "closed_at": moment(),
        "erased_at": moment(),
        "refusal": nullable(refusal),
    });
    object(properties, &[])
}

fn readiness() -> Value {
    let refused =
        object(json!({ "at": schema("Moment"), "mistakes": { "type": "integer", "minimum": 0 } }), &[]);
    let policies = object(
        json!({
            "status": { "enum": ["ok", "stale"] },
            "count": { "type": "integer", "minimum": 0 },
            "refused": nullable(refused),
        }),
        &[],
    );
    let properties = json!({
        "status": { "enum": ["ready", "unavailable", "stopping"] },
        "ledger": { "enum": ["ok", "unavailable"] },
        "policies": policies,
    });
    object(properties, &[])
}

fn environment() -> Value {
    let words = [Environment::Production, Environment::Development].map(Environment::as_str);
    json!({ "type": "string", "enum": words })
}

/// An object of these properties and no others, all of them required but `optional` ones.
fn object(properties: Value, optional: &[&str]) -> Value {
    let names = properties.as_object().into_iter().flatten().map(|(name, _)| name.clone());
    let required: Vec<_> = names.filter(|name| !optional.contains(&name.as_str())).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn list_of(name: &str) -> Value {
    json!({ "type": "array", "items": schema(name) })
}

fn nullable(schema: Value) -> Value {
    json!({ "anyOf": [schema, { "type": "null" }] })
}
