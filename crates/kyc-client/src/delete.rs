//! `POST /api/v2/delete`: the end of what the vendor knows about the client of a session.

use kyc_core::ScanRef;

use crate::client::Client;
use crate::effect::Effect;
use crate::envelope::Envelope;
use crate::error::{BodyProblem, Error, Unreadable};
use crate::session_call::call;

/// Without a slash at its end, like that of the token call.
const PATH: &str = "/api/v2/delete";

impl Client {
    /// Deletes what the vendor knows about the client of a session: photographs, document data, names.
    ///
    /// The vendor refuses while the session's token lives:
    /// [`RefusalKind::TokenAlive`](crate::RefusalKind::TokenAlive). No document says what deleting twice does, so the
    /// call is attempted again only while it certainly has not been carried out; after any other failure
    /// [`Error::may_have_been_deleted`] is true.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub async fn delete(&self, scan_ref: &ScanRef) -> Result<(), Error> {
        let accepted = self.send(call(Effect::Deletes, PATH, scan_ref)).await?;
        let unreadable = |problem| Unreadable::new(Effect::Deletes, accepted.status, problem);
        if !matches!(accepted.status, 200 | 204) {
            return Err(unreadable(BodyProblem::Status).into());
        }
        // A success has no body. The vendor is known to answer other calls with 200 and a mistake in the body, and
        // data that is still there must not be taken for deleted.
        if Envelope::read(&accepted.body).identifier.is_some() {
            return Err(unreadable(BodyProblem::Contradiction).into());
        }
        Ok(())
    }
}
