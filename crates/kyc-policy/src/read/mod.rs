//! Readers: one per front end, without opinions about policies.

mod json;
mod text;
mod yaml;

pub use json::{JsonError, read_json};
pub(crate) use yaml::read_yaml;
pub use yaml::{MAX_BYTES, MAX_DEPTH};
