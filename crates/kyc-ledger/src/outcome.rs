//! Outcomes: what became of a call to the vendor.

use kyc_core::ScanRef;

use crate::keys::KeyId;
use crate::{IssuedToken, PersonalBytes};

/// What became of a call to the vendor.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// A token was issued.
    Issued {
        /// The token, which is kept sealed.
        token: IssuedToken,
        /// The vendor's answer, byte by byte. Only a salted commitment to it is kept.
        answer: PersonalBytes,
    },
    /// No token was issued, and none can have been.
    Refused {
        /// A stable word for the reason.
        code: String,
        /// The vendor's status, if it answered.
        status: Option<u16>,
    },
    /// A token may have been issued.
    Unknown {
        /// The session that was certainly created, if its reference is known although its token cannot be handed out.
        /// The intent is then settled as [`IssuedTokenLost`](crate::State::IssuedTokenLost) at once.
        scan_ref: Option<ScanRef>,
        /// A stable word for the reason.
        reason: &'static str,
    },
}

/// What can be answered to a request whose session is known.
#[derive(Debug)]
pub enum Answer {
    /// The token, once more.
    Token(IssuedToken),
    /// The replay has ended: the token has expired, or it was handed out too long ago.
    Expired,
    /// The replay has ended: a result of the session has come.
    Closed,
    /// The token is sealed under the master key of this name, which is not here.
    KeyMissing(KeyId),
    /// The session was erased.
    Erased,
    /// There is no token: the session is not in the state `issued`.
    None,
}
