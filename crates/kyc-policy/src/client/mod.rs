//! What a caller brings about one client: raw input, then typed fields.

mod canonical;
mod data;
mod facts;
mod field;
mod input;
mod read;
mod typed;

pub use data::Client;
pub use facts::ClientFacts;
pub use field::{ClientField, ClientFields};
pub use input::{ClientInput, InputValue};
pub use typed::{AcceptedValue, Disagreement, FieldValue, TypedPolicy, client_field, unknown_client_field};
