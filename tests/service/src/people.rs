//! Made-up clients, and what callers send of them.

use serde_json::{Value, json};

/// The policy that most requests name.
pub const POLICY: &str = "eu-onboarding";

/// What a caller sends of a client for [`POLICY`].
pub fn client(client_id: &str) -> Value {
    json!({
        "client_id": client_id,
        "first_name": "Jonas",
        "last_name": "Jonaitis",
        "date_of_birth": "1990-05-15",
        "document_country": "LT",
    })
}
