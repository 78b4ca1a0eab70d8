//! What a ledger promises, over every database that it can live in.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod idempotency;
mod support;
