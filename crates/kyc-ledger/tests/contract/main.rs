//! What a ledger promises, over every database that it can live in.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod callers;
mod data;
mod erasure;
mod idempotency;
mod leases;
mod model;
mod opening;
mod rate;
mod raw;
mod reconciliation;
mod reuse;
mod slots;
mod support;
mod torn;
mod twins;
mod verify;
mod writable;
