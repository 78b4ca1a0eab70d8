//! What was asked of the vendor, and what became of it.

mod bytes32;
pub mod history;
pub mod keys;
pub mod seal;
mod token;

pub use bytes32::Malformed32;
pub use token::IssuedToken;
