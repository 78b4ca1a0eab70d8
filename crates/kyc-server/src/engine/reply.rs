//! What a caller gets.

use jiff::Timestamp;
use kyc::PolicyRef;
use kyc_core::{AuthToken, DigitCode, RedirectUrl, ScanRef};

use super::account::Environment;
use super::problem::Violation;

/// A token that was issued, now or earlier under the same key.
#[derive(Debug)]
pub struct Reply {
    /// The session's token: whoever holds it can go through the verification.
    pub auth_token: AuthToken,
    /// The address that the client opens. It carries the token.
    pub redirect_url: RedirectUrl,
    /// The vendor's reference of the session.
    pub scan_ref: ScanRef,
    /// When the unused token expires; never too late.
    pub expires_at: Timestamp,
    /// The code for the vendor's mobile application, if the policy asks for one.
    pub digit_code: Option<DigitCode>,
    /// The service's own reference of the session.
    pub session_id: String,
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
