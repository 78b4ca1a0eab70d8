//! A card as JSON.

use serde_json::Value;

use crate::card::Card;

/// The card as JSON, field by field.
pub fn to_json(card: &Card) -> Value {
    // A card holds nothing that JSON could not.
    serde_json::to_value(card).unwrap_or_default()
}
