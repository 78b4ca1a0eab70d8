//! Rules that the schema cannot state.

use serde_json::Value;

use crate::errors::Refusal;
use crate::schema::must;

/// JSON Schema takes `3600.0` for an integer; the vendor's server may not.
const INTEGERS: [&str; 4] = ["ageLimit", "ageMax", "expiryTime", "sessionLength"];

/// Checks a request that satisfies the schema.
pub(crate) fn check(request: &Value) -> Result<(), Refusal> {
    for field in INTEGERS {
        if request.get(field).is_some_and(Value::is_f64) {
            return Err(Refusal::field_must(field.to_owned(), must(field)));
        }
    }
    let age = |field| request.get(field).and_then(Value::as_u64);
    match (age("ageLimit"), age("ageMax")) {
        (Some(limit), Some(max)) if limit > max => {
            Err(Refusal::field_must("ageLimit".to_owned(), must("ageLimit")))
        }
        _ => Ok(()),
    }
}
