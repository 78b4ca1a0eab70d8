//! Cards and registers as JSON.

use serde_json::Value;

use crate::card::Card;
use crate::register::Register;

/// The card as JSON, field by field.
pub fn to_json(card: &Card) -> Value {
    // A card holds nothing that JSON could not.
    serde_json::to_value(card).unwrap_or_default()
}

/// The register as JSON, field by field.
pub fn register_json(register: &Register) -> Value {
    // Nor does a register.
    serde_json::to_value(register).unwrap_or_default()
}
