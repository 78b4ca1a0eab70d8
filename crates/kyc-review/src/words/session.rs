//! The session at the vendor.

use kyc_core::TokenType;
use kyc_policy::{Delivery, Reuse, Token};

use super::seconds;

/// What a session takes.
pub const fn token_type(of: TokenType) -> &'static str {
    match of {
        TokenType::Identification => "a photo of the document and a selfie, which are compared",
        TokenType::Document => "a photo of the document alone, and no selfie",
    }
}

/// How long the link is of use, and how long the person has.
pub fn session(token: Token) -> String {
    format!(
        "the link can be opened for {}; once it is open, the person has {}",
        seconds(token.expires_in.get()),
        seconds(token.session_length.get())
    )
}

/// How the person gets to the vendor's pages.
pub const fn delivery(of: Delivery) -> &'static str {
    match of {
        Delivery::Redirect => "the browser is sent to the vendor's pages and back",
        Delivery::Iframe => "the vendor's pages are shown in a frame of our own page",
    }
}

/// Whether an open session is used again.
pub const fn reuse(of: Reuse) -> &'static str {
    match of {
        Reuse::Never => "each request opens a new session",
        Reuse::WhileOpen => "a session that is still open is continued instead of a new one being bought",
    }
}
