//! The service: tokens by policy name over HTTP.

pub mod engine;
pub mod settings;
pub mod telemetry;
