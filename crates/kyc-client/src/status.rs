//! `POST /api/v2/status`: where a session stands.

use kyc_core::{ScanRef, SessionState};

use crate::client::Client;
use crate::error::Error;

/// Without a slash at its end, like that of the token call.
const PATH: &str = "/api/v2/status";

impl Client {
    /// Asks where a session stands.
    ///
    /// For when a webhook seems to be lost: the vendor does not support regular polling and may restrict accounts that
    /// do it. Nothing is changed by asking, so the call is attempted again after any failure that may pass.
    ///
    /// # Errors
    ///
    /// See [`Error`]; [`RefusalKind::UnknownSession`](crate::RefusalKind::UnknownSession) among the refusals.
    pub async fn status(&self, scan_ref: &ScanRef) -> Result<SessionState, Error> {
        self.ask(PATH, scan_ref, SessionState::from_wire, |state| &state.scan_ref).await
    }
}
