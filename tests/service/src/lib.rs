//! The service as others see it: the command `kyc serve` in a process of its own, the vendor's stand-in behind it,
//! and callers in front of it.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

pub mod bench;
pub mod binary;
pub mod caller;
pub mod clock;
pub mod leaks;
pub mod people;
pub mod service;
pub mod story;
pub mod vendor;
pub mod world;

/// A number from the environment, or what counts without it.
pub fn size(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable)
        .map_or(otherwise, |text| text.parse().unwrap_or_else(|_| panic!("{variable}: {text}")))
}
