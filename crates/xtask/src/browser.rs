//! The browser that pages are tested in.

use crate::packages::{is_program, provide};

/// What it is called, by system; the tests look for the same names.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/// The packages that bring it, with letters for it to draw.
const PACKAGES: [&str; 2] = ["chromium", "fonts-liberation"];

/// Sees that there is a browser.
pub(crate) fn run() -> Result<(), String> {
    provide("Chromium, in which pages are tested", &PACKAGES, || NAMES.into_iter().any(is_program))
}
