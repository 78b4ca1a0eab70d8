//! What all pages share: style, and the policy under which browsers show them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The style of all pages.
const STYLE: &str = include_str!("../../../templates/page.css");

/// What a page is wrapped in.
pub(crate) struct Shell {
    pub(crate) style: &'static str,
    /// The content security policy: the page's own style, and nothing else from anywhere.
    pub(crate) security: String,
}

impl Shell {
    pub(crate) fn new() -> Self {
        let hash = STANDARD.encode(Sha256::digest(STYLE));
        let security =
            format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'");
        Self { style: STYLE, security }
    }
}
