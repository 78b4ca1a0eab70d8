//! What a caller gets.

use kyc::PolicyRef;
use kyc_ledger::{Environment, IssuedToken, SessionId};

use super::problem::Violation;

/// A token that was issued, now or earlier under the same key.
#[derive(Debug)]
pub struct Reply {
    /// The token, and what belongs to it.
    pub token: IssuedToken,
    /// The service's own reference of the session.
    pub session_id: SessionId,
    /// The policy that the session was issued under.
    pub policy: PolicyRef,
    /// Things worth a look about the client's data.
    pub warnings: Vec<Violation>,
    /// Whether the token was issued earlier: to this key, or as the open session of this client.
    pub replayed: bool,
}

/// What would be sent.
#[derive(Debug)]
pub struct DryRun {
    /// The policy.
    pub policy: PolicyRef,
    /// The name of the account.
    pub account: String,
    /// The account's environment.
    pub environment: Environment,
    /// The body for the vendor, as JSON, with every personal value masked.
    pub request: String,
    /// Things worth a look about the client's data.
    pub warnings: Vec<Violation>,
}
