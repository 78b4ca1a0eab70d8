//! The answer to a token request: an echo with the server's defaults filled in.

use serde_json::{Map, Value, json};

use crate::scenario::Scenario;
use crate::{random, schema};

/// Sent but never echoed. The vendor's OpenAPI document knows `dummyStatus` in neither direction; the rest it leaves
/// out of the response.
const NOT_ECHOED: [&str; 6] =
    ["dummyStatus", "generateDigitString", "questionnaireRequired", "ageLimit", "ageMax", "nfcOptional"];

/// The vendor upper-cases these.
const UPPER_CASED: [&str; 3] = ["firstName", "lastName", "nationality"];

/// A new session for a checked request: the 65 response properties of the vendor's `OpenAPI` document.
pub(crate) fn session(request: &Value, auth_token: &str, base_url: &str) -> Map<String, Value> {
    let mut answer = Map::new();
    for (name, property) in schema::properties().into_iter().flatten() {
        if NOT_ECHOED.contains(&name.as_str()) {
            continue;
        }
        let sent = request.get(name).filter(|value| !value.is_null());
        let value = sent.or_else(|| property.get("default")).cloned().unwrap_or_default();
        answer.insert(name.clone(), value);
    }
    for name in UPPER_CASED {
        if let Some(Value::String(text)) = answer.get_mut(name) {
            *text = text.to_uppercase();
        }
    }
    // `ALL` clears the nationality.
    if answer.get("nationality").and_then(Value::as_str) == Some("ALL") {
        answer.insert("nationality".to_owned(), Value::Null);
    }
    let asked = |name| request.get(name).and_then(Value::as_bool) == Some(true);
    if asked("utilityBill") {
        answer.insert("additionalSteps".to_owned(), json!({ "ALL": { "ALL": { "UTILITY_BILL": {} } } }));
    }

    let message = if request.get("dummyStatus").is_some() {
        "Dummy token and verification created successfully"
    } else {
        "Token created successfully"
    };
    let documents = answer.get("documents").cloned().unwrap_or_default();
    let digits = if asked("generateDigitString") { Value::from(random::digits()) } else { Value::Null };
    for (name, value) in [
        ("message", Value::from(message)),
        ("authToken", Value::from(auth_token)),
        ("scanRef", Value::from(random::scan_ref())),
        ("redirectUrl", Value::from(format!("{base_url}/api/v2/redirect?authToken={auth_token}"))),
        ("personScanRef", request.get("clientId").cloned().unwrap_or_default()),
        ("allowedDocuments", json!({ "ALL": documents })),
        ("digitString", digits),
    ] {
        answer.insert(name.to_owned(), value);
    }
    answer
}

/// Bends the answer as the scenario says; most leave it alone.
pub(crate) fn bend(answer: &mut Map<String, Value>, scenario: Scenario) {
    match scenario {
        Scenario::Weaker => weaken(answer),
        Scenario::Legacy => {
            let token = answer.remove("authToken").unwrap_or_default();
            answer.insert("tokenString".to_owned(), token);
            answer.remove("redirectUrl");
            answer.insert("videoCallQuestions".to_owned(), json!([]));
            // Documented as eight digits; the samples of that time have seven.
            if let Some(Value::String(digits)) = answer.get_mut("digitString") {
                digits.truncate(7);
            }
        }
        Scenario::NullDigits => {
            answer.insert("digitString".to_owned(), Value::Null);
        }
        Scenario::UnknownFields => {
            answer.insert("sandboxNewFlag".to_owned(), Value::Bool(true));
            answer.insert("sandboxNewObject".to_owned(), json!({ "nested": [1, null, "text"] }));
            answer.insert("sandboxNewNull".to_owned(), Value::Null);
        }
        _ => {}
    }
}

/// What an account with looser settings might create: flags off, any country, every document, the longest times.
fn weaken(answer: &mut Map<String, Value>) {
    for value in answer.values_mut() {
        if value.as_bool() == Some(true) {
            *value = Value::Bool(false);
        }
    }
    let documents = schema::document_types().cloned().unwrap_or_default();
    for (name, value) in [
        ("allowedDocuments", json!({ "ALL": documents.clone() })),
        ("documents", documents),
        ("country", Value::Null),
        ("expiryTime", Value::from(2_592_000)),
        ("sessionLength", Value::from(3600)),
    ] {
        answer.insert(name.to_owned(), value);
    }
}
