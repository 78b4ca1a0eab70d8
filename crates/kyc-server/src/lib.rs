//! The service: tokens by policy name over HTTP.

pub mod accounts;
pub mod engine;
pub mod http;
pub mod reload;
pub mod settings;
pub mod start;
pub mod telemetry;
