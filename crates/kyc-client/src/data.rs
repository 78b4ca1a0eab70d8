//! `POST /api/v2/data`: what the vendor knows about the client of a session.

use kyc_core::{ScanRef, SessionData};

use crate::client::Client;
use crate::error::Error;

/// Without a slash at its end, like that of the token call.
const PATH: &str = "/api/v2/data";

impl Client {
    /// Asks what the vendor read about the client of a session. Before there is a result, that is nothing.
    ///
    /// Nothing is changed by asking, so the call is attempted again after any failure that may pass.
    ///
    /// # Errors
    ///
    /// See [`Error`]; [`RefusalKind::UnknownSession`](crate::RefusalKind::UnknownSession) among the refusals.
    pub async fn data(&self, scan_ref: &ScanRef) -> Result<SessionData, Error> {
        self.ask(PATH, scan_ref, SessionData::from_wire, |data| &data.scan_ref).await
    }
}
