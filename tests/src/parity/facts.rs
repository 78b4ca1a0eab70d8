//! What is compared of a policy. The generated program has a copy of this file, so that both say it alike.

use kyc::policy::{Client, ClientInput, Merged, Policy, merge, read_json};
use serde_json::{Value, json};

/// What `policy` is and what it asks for `client`, a JSON document; without one, for a client of the name `user-1`.
pub fn facts(policy: &Policy, client: Option<&[u8]>, now: kyc::Timestamp) -> Value {
    json!({
        "name": policy.name(),
        "digest": policy.digest().to_string(),
        "document_digest": policy.document_digest().to_string(),
        "canonical": policy.canonical(),
        "waiting": policy.waiting().to_string(),
        "merged": merged(policy, client, now),
    })
}

/// The bytes of the request, or the rules that refuse the client.
fn merged(policy: &Policy, client: Option<&[u8]>, now: kyc::Timestamp) -> Value {
    let client = match client.map(read_json) {
        Some(Ok(input)) => Client::read(&input),
        Some(Err(error)) => return error.to_string().into(),
        None => {
            let mut input = ClientInput::default();
            input.text("client_id", "user-1");
            Client::read(&input)
        }
    };
    let wire = |merged: Merged| String::from_utf8_lossy(&merged.request().to_wire()).into_owned();
    match merge(policy, client, now).map(wire) {
        Ok(wire) => wire.into(),
        Err(problems) => problems.iter().map(|problem| problem.rule().id).collect(),
    }
}
