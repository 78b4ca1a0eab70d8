//! A headless Chromium, as far as tests of pages need one.
//!
//! It is spoken to in the messages of the browser's protocol for developers as they are: a client that knows every type of the protocol
//! fails on each word that a newer browser adds.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod chromium;
mod page;

pub use page::{Page, Screen};
