//! The service: tokens by policy name over HTTP.

pub mod engine;
