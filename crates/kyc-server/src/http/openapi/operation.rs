//! One operation: what it takes, what it answers, and why it may refuse.

use std::collections::BTreeMap;

use http::Method as HttpMethod;
use kyc_ledger::Scope;
use serde_json::{Map, Value, json};

use super::parts;
use crate::engine::Code;
use crate::http::problem::{PROBLEM_JSON, type_of};

/// A method of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) enum Method {
    Get,
    Post,
    Delete,
}

/// An operation of the interface.
#[derive(Clone, Copy, Debug)]
pub(in crate::http) struct Operation {
    pub(in crate::http) id: &'static str,
    pub(in crate::http) method: Method,
    pub(in crate::http) path: &'static str,
    pub(in crate::http) tag: &'static str,
    /// What the caller's key must allow; without one, nobody is asked for a key.
    pub(in crate::http) scope: Option<Scope>,
    pub(in crate::http) summary: &'static str,
    pub(in crate::http) description: &'static str,
    pub(in crate::http) parameters: fn() -> Vec<Value>,
    pub(in crate::http) body: Option<&'static str>,
    pub(in crate::http) answers: &'static [Answer],
    /// Why it may refuse, beside what every operation may refuse for.
    pub(in crate::http) codes: &'static [Code],
}

/// An answer that is no problem.
#[derive(Clone, Copy, Debug)]
pub(in crate::http) struct Answer {
    pub(in crate::http) status: u16,
    pub(in crate::http) description: &'static str,
    pub(in crate::http) media: Option<&'static str>,
    /// A schema of the components.
    pub(in crate::http) schema: Option<&'static str>,
    /// Headers of the components beside those that every answer has.
    pub(in crate::http) headers: &'static [&'static str],
    /// Operations on the session that the answer names.
    pub(in crate::http) links: &'static [&'static str],
}

/// Why any request may be refused.
const ANY: [Code; 6] = [
    Code::MalformedRequest,
    Code::HeadersTooLarge,
    Code::RequestTimeout,
    Code::HostNotLocal,
    Code::Overloaded,
    Code::Internal,
];
/// Why a request that needs a key may be refused.
const KEYED: [Code; 4] = [Code::Unauthenticated, Code::Forbidden, Code::RateLimited, Code::LedgerUnavailable];

impl Method {
    pub(in crate::http) const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Post => "post",
            Self::Delete => "delete",
        }
    }
}

impl From<Method> for HttpMethod {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::GET,
            Method::Post => Self::POST,
            Method::Delete => Self::DELETE,
        }
    }
}

impl Operation {
    /// Why it may refuse.
    pub(in crate::http) fn refusals(&self) -> impl Iterator<Item = Code> {
        let keyed = self.scope.map(|_| KEYED).into_iter().flatten();
        ANY.into_iter().chain(keyed).chain(self.codes.iter().copied())
    }

    pub(super) fn described(&self) -> Value {
        let mut described = json!({
            "operationId": self.id,
            "tags": [self.tag],
            "summary": self.summary,
            "description": self.words(),
            "parameters": (self.parameters)(),
            "responses": self.responses(),
        });
        if let Value::Object(keys) = &mut described {
            if self.scope.is_none() {
                keys.insert("security".to_owned(), json!([]));
            }
            if let Some(schema) = self.body {
                let content = json!({ "application/json": { "schema": parts::schema(schema) } });
                keys.insert("requestBody".to_owned(), json!({ "required": true, "content": content }));
            }
        }
        described
    }

    fn words(&self) -> String {
        match self.scope {
            Some(scope) => format!("{} Needs the scope `{scope}`.", self.description),
            None => format!("{} Needs no key.", self.description),
        }
    }

    fn responses(&self) -> Map<String, Value> {
        let mut refusals: BTreeMap<u16, Vec<Code>> = BTreeMap::new();
        for code in self.refusals() {
            let codes = refusals.entry(code.status()).or_default();
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        let answers = self.answers.iter().map(|answer| (answer.status.to_string(), answer.described()));
        let refusals =
            refusals.into_iter().map(|(status, codes)| (status.to_string(), refused(status, &codes)));
        // A status may stand for an answer and for problems, as 503 of `/readyz` does.
        let mut responses = Map::new();
        for (status, response) in answers.chain(refusals) {
            match responses.get_mut(&status).and_then(|known: &mut Value| known.get_mut("content")) {
                Some(Value::Object(content)) => {
                    content.extend(
                        response.get("content").and_then(Value::as_object).cloned().unwrap_or_default(),
                    );
                }
                _ => {
                    responses.insert(status, response);
                }
            }
        }
        responses
    }
}

impl Answer {
    fn described(&self) -> Value {
        let mut described = json!({
            "description": self.description,
            "headers": parts::header_references(self.headers),
        });
        if let (Some(media), Value::Object(keys)) = (self.media, &mut described) {
            let content = match self.schema {
                Some(schema) => json!({ media: { "schema": parts::schema(schema) } }),
                None => json!({ media: { "schema": { "type": "string" } } }),
            };
            keys.insert("content".to_owned(), content);
            let link = |operation: &str| json!({ "operationId": operation, "parameters": { "id": "$response.body#/session_id" } });
            let links: Map<_, _> = self.links.iter().map(|name| ((*name).to_owned(), link(name))).collect();
            if !links.is_empty() {
                keys.insert("links".to_owned(), links.into());
            }
        }
        described
    }
}

/// A response of this status: a problem of one of these codes.
fn refused(status: u16, codes: &[Code]) -> Value {
    let words: Vec<_> = codes.iter().map(|code| format!("`{code}`: {}", code.title())).collect();
    let names: Vec<_> = codes.iter().map(|code| code.as_str()).collect();
    let types: Vec<_> = codes.iter().map(|code| type_of(*code)).collect();
    let titles: Vec<_> = codes.iter().map(|code| code.title()).collect();
    let schema = json!({
        "allOf": [parts::schema("Problem")],
        "properties": {
            "status": { "const": status },
            "code": { "enum": names },
            "type": { "enum": types },
            "title": { "enum": titles },
        },
    });
    let more: &[&str] = match status {
        401 => &["WWW-Authenticate"],
        409 | 429 | 503 | 504 => &["Retry-After"],
        _ => &[],
    };
    json!({
        "description": words.join("; "),
        "headers": parts::header_references(more),
        "content": { PROBLEM_JSON: { "schema": schema } },
    })
}
