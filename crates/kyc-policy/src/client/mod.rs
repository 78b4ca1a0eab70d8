//! What a caller brings about one client: raw input, then typed fields.

mod data;
mod facts;
mod field;
mod input;
mod read;

pub use data::Client;
pub use facts::ClientFacts;
pub use field::{ClientField, ClientFields};
pub use input::{ClientInput, InputValue};
