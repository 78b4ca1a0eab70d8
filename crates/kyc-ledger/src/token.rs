//! A token that the vendor issued, as the ledger keeps it.

use jiff::Timestamp;
use kyc_core::{AuthToken, DigitCode, RedirectUrl, ScanRef};

/// What a caller gets for its client: enough to begin the verification, once and again on replay.
///
/// All of it but the reference of the session is secret, and does not print.
#[derive(Clone, Debug)]
pub struct IssuedToken {
    /// The session's token.
    pub auth_token: AuthToken,
    /// The address that the client opens.
    pub redirect_url: RedirectUrl,
    /// The vendor's reference of the session.
    pub scan_ref: ScanRef,
    /// When the unused token ends.
    pub expires_at: Timestamp,
    /// The code for the vendor's mobile application, if one was asked for.
    pub digit_code: Option<DigitCode>,
}
