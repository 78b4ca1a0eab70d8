//! Sessions of which nobody knows whether the vendor has them.

use std::sync::Arc;

use jiff::Timestamp;
use kyc_core::{ClientId, ScanRef};

use crate::SessionId;

/// The right to find out about one session whose outcome is unknown. Nobody else is given it until it runs out.
#[derive(Debug)]
pub struct Unknown {
    pub(crate) id: SessionId,
    pub(crate) epoch: i64,
    /// The name of the vendor's account.
    pub account: Arc<str>,
    /// Whose sessions to ask the vendor for.
    pub client: ClientId,
    /// Since when the outcome is unknown.
    pub since: Timestamp,
    /// When this right runs out.
    pub until: Timestamp,
}

impl Unknown {
    /// The session.
    pub const fn id(&self) -> SessionId {
        self.id
    }
}

/// What the vendor has of the client. Sessions that the ledger knows already count for nothing, whether they are left
/// out or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// No session that is not known: it is absent.
    Nothing,
    /// One: it is adopted.
    One(ScanRef),
    /// Several, of which a human has to say which it is.
    Several(Vec<ScanRef>),
}

impl From<Vec<ScanRef>> for Found {
    fn from(mut scan_refs: Vec<ScanRef>) -> Self {
        scan_refs.sort();
        scan_refs.dedup();
        match <[ScanRef; 1]>::try_from(scan_refs) {
            Ok([scan_ref]) => Self::One(scan_ref),
            Err(none) if none.is_empty() => Self::Nothing,
            Err(several) => Self::Several(several),
        }
    }
}

/// How a human settles an ambiguous session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// None of the vendor's sessions is this one.
    Absent,
    /// This one is.
    Lost(ScanRef),
}
