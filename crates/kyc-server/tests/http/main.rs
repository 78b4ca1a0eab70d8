//! The service over HTTP, as callers see it: a real ledger, a real engine, and the vendor's stand-in. Every answer is held
//! against the service's own description of its interface.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod answer;
mod authorisation;
mod bad_input;
mod contract;
mod docs;
mod health;
mod local;
mod policies;
mod raw;
mod service;
mod sessions;
mod tls;
mod tokens;
