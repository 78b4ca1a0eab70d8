//! Every operation. The routes are in `routes/`; tests see that the two agree.

use kyc_ledger::Scope;

use super::operation::{Answer, Method, Operation};
use super::parts;
use crate::engine::Code;
use crate::http::routes::TEXT_FORMAT;

const JSON: Option<&str> = Some("application/json");

const fn answer(status: u16, description: &'static str, schema: &'static str) -> Answer {
    Answer { status, description, media: JSON, schema: Some(schema), headers: &[] }
}

const fn with_header(answer: Answer, headers: &'static [&'static str]) -> Answer {
    Answer { headers, ..answer }
}

/// Every operation.
pub(in crate::http) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "issueToken",
        method: Method::Post,
        path: "/v1/policies/{name}/tokens",
        tag: "tokens",
        scope: Some(Scope::Issue),
        summary: "Issue a token under a policy",
        description: "Buys a session at the vendor for one client, once for each `Idempotency-Key`.",
        parameters: parts::issue,
        body: Some("TokenRequest"),
        answers: &[
            with_header(
                answer(
                    200,
                    "The token that was issued earlier under this key, or what a dry run would send",
                    "TokenOrDryRun",
                ),
                &[],
            ),
            answer(201, "A token was issued", "Token"),
        ],
        codes: &[
            Code::BadJson,
            Code::QueryInvalid,
            Code::IdempotencyKeyRequired,
            Code::IdempotencyKeyInvalid,
            Code::PolicyNotFound,
            Code::InProgress,
            Code::ClientBusy,
            Code::SessionLost,
            Code::SessionAmbiguous,
            Code::KeyMissing,
            Code::TokenExpired,
            Code::BodyTooLarge,
            Code::UnsupportedMediaType,
            Code::ClientDataInvalid,
            Code::IdempotencyKeyReused,
            Code::VendorRefused,
            Code::SessionWeaker,
            Code::VendorUnreachable,
            Code::ShuttingDown,
            Code::VendorOutcomeUnknown,
        ],
    },
    Operation {
        id: "listPolicies",
        method: Method::Get,
        path: "/v1/policies",
        tag: "policies",
        scope: Some(Scope::Read),
        summary: "List the policies of the caller",
        description: "The policies that exist for the caller, sorted by name, in pages.",
        parameters: parts::policies,
        body: None,
        answers: &[answer(200, "A page of policies", "Policies")],
        codes: &[Code::QueryInvalid],
    },
    Operation {
        id: "policy",
        method: Method::Get,
        path: "/v1/policies/{name}",
        tag: "policies",
        scope: Some(Scope::Read),
        summary: "Show a policy",
        description: "What the policy means in plain words, and the JSON Schema of the data that it takes of a client.",
        parameters: parts::one_policy,
        body: None,
        answers: &[
            with_header(answer(200, "The policy", "Policy"), &["ETag"]),
            Answer {
                status: 304,
                description: "The caller has it already",
                media: None,
                schema: None,
                headers: &["ETag"],
            },
        ],
        codes: &[Code::PolicyNotFound, Code::QueryInvalid],
    },
    Operation {
        id: "listSessions",
        method: Method::Get,
        path: "/v1/sessions",
        tag: "sessions",
        scope: Some(Scope::Read),
        summary: "List the sessions of a client",
        description: "The caller's own sessions of one client, the newest first, in pages. Erased ones are not found by a client.",
        parameters: parts::sessions,
        body: None,
        answers: &[answer(200, "A page of sessions", "Sessions")],
        codes: &[Code::QueryInvalid],
    },
    Operation {
        id: "session",
        method: Method::Get,
        path: "/v1/sessions/{id}",
        tag: "sessions",
        scope: Some(Scope::Read),
        summary: "Show a session",
        description: "Where a session of the caller stands. It holds no personal value and no token.",
        parameters: parts::session,
        body: None,
        answers: &[answer(200, "The session", "Session")],
        codes: &[Code::SessionNotFound, Code::QueryInvalid],
    },
    Operation {
        id: "eraseSession",
        method: Method::Delete,
        path: "/v1/sessions/{id}",
        tag: "sessions",
        scope: Some(Scope::Erase),
        summary: "Erase the personal data of a session",
        description: "Erases the client's identifier and the token; that there was a session stays on record. It cannot be undone.",
        parameters: parts::erase,
        body: None,
        answers: &[answer(200, "The data are erased, now or earlier", "Erased")],
        codes: &[Code::SessionNotFound, Code::SessionRetained, Code::QueryInvalid, Code::InProgress],
    },
    Operation {
        id: "health",
        method: Method::Get,
        path: "/healthz",
        tag: "operation",
        scope: None,
        summary: "Whether the process answers",
        description: "For supervisors that start it again.",
        parameters: parts::none,
        body: None,
        answers: &[answer(200, "It does", "Health")],
        codes: &[],
    },
    Operation {
        id: "ready",
        method: Method::Get,
        path: "/readyz",
        tag: "operation",
        scope: None,
        summary: "Whether tokens can be issued",
        description: "For load balancers. Policies that are `stale` do not count: those before stay in force.",
        parameters: parts::none,
        body: None,
        answers: &[answer(200, "They can", "Readiness"), answer(503, "They cannot", "Readiness")],
        codes: &[],
    },
    Operation {
        id: "metrics",
        method: Method::Get,
        path: "/metrics",
        tag: "operation",
        scope: Some(Scope::Read),
        summary: "Figures for Prometheus",
        description: "Figures name policies, so the key must be for all of them: `*`.",
        parameters: parts::none,
        body: None,
        answers: &[Answer {
            status: 200,
            description: "The figures, in Prometheus' text format",
            media: Some(TEXT_FORMAT),
            schema: None,
            headers: &[],
        }],
        codes: &[],
    },
    Operation {
        id: "openapi",
        method: Method::Get,
        path: "/openapi.json",
        tag: "operation",
        scope: None,
        summary: "This document",
        description: "`/docs/` shows it as a page.",
        parameters: parts::none,
        body: None,
        answers: &[answer(200, "The interface as OpenAPI 3.1", "OpenApi")],
        codes: &[],
    },
];
