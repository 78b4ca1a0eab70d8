//! The whole check of a request body, without HTTP.

use serde_json::Value;

use crate::errors::Refusal;
use crate::{json, schema, semantics};

/// Checks the raw body of `POST /api/v2/token` and returns what it says.
///
/// Refuses, naming the field where there is one: bytes that are not UTF-8 (`ENCODING_ERROR`), text that is not a JSON
/// object (`JSON_ERROR`), a missing `clientId` (`MISSING_VALUE`), and any unknown, repeated or ill-formed field
/// (`BAD_VALUE`). Only the first mistake is told, as the vendor does.
pub fn validate(body: &[u8]) -> Result<Value, Refusal> {
    let request = json::read(body)?;
    schema::check(&request)?;
    semantics::check(&request)?;
    Ok(request)
}
