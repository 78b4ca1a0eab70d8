//! Sessions, as the ledger knows them.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use kyc_core::ScanRef;
use serde_json::{Value, json};
use thiserror::Error;

use crate::history::PolicyDigest;
use crate::{CallerId, Environment, SessionId, moment};

/// One session, from its intent on. It holds no personal value beyond the vendor's reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its identifier.
    pub id: SessionId,
    /// Who asked for it.
    pub caller: CallerId,
    /// The name of its policy.
    pub policy: String,
    /// The digest of its policy.
    pub digest: [u8; 32],
    /// The name of the vendor's account.
    pub account: String,
    /// The environment of the account.
    pub environment: Environment,
    /// Where it stands.
    pub state: State,
    /// Which session of its key it is, from 1: a refusal, an absence or a reissue makes the next one.
    pub attempt: u32,
    /// The session of the same key before it.
    pub replaces: Option<SessionId>,
    /// When its intent was recorded.
    pub created_at: Timestamp,
    /// When its state changed the last time.
    pub changed_at: Timestamp,
    /// The vendor's reference.
    pub scan_ref: Option<ScanRef>,
    /// When the unused token stops to be valid.
    pub expires_at: Option<Timestamp>,
    /// When the first result came.
    pub closed_at: Option<Timestamp>,
    /// When its personal data were erased.
    pub erased_at: Option<Timestamp>,
    /// Why it has no token that can be handed out, or why that is unknown.
    pub refusal: Option<Refusal>,
}

impl Session {
    /// Everything that is known of it but its caller, as whoever asks for it over HTTP or by the command line reads it.
    pub fn described(&self) -> Value {
        json!({
            "session_id": self.id.to_string(),
            "state": self.state.as_str(),
            "policy": { "name": self.policy, "digest": PolicyDigest::new(self.digest).to_string() },
            "account": self.account,
            "environment": self.environment.as_str(),
            "attempt": self.attempt,
            "replaces": self.replaces.map(|id| id.to_string()),
            "created_at": moment(self.created_at),
            "changed_at": moment(self.changed_at),
            "scan_ref": self.scan_ref.as_ref().map(ScanRef::as_str),
            "expires_at": self.expires_at.map(moment),
            "closed_at": self.closed_at.map(moment),
            "erased_at": self.erased_at.map(moment),
            "refusal": self.refusal.as_ref().map(|of| json!({ "code": of.code, "status": of.status })),
        })
    }

    /// Whether its token can still be handed out again at `now`, as far as the session tells: it is issued, neither
    /// closed nor erased, and its token has not expired.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.state == State::Issued
            && self.closed_at.is_none()
            && self.erased_at.is_none()
            && self.expires_at.is_some_and(|at| at > now)
    }
}

/// Why there is no token that can be handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// A stable word for the reason.
    pub code: String,
    /// The vendor's status, if it answered.
    pub status: Option<u16>,
}

/// Where a session stands: `intended -> issued | refused | unknown`, `unknown -> absent | issued_token_lost |
/// ambiguous`, and a human settles `ambiguous` as one of the other two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// The vendor is about to be asked.
    Intended,
    /// There is a token.
    Issued,
    /// There is no token and no session at the vendor.
    Refused,
    /// There may be a session at the vendor.
    Unknown,
    /// It was looked for: there is no session at the vendor.
    Absent,
    /// There is a session at the vendor, and its token cannot be handed out.
    IssuedTokenLost,
    /// There are several sessions at the vendor of which one may be this.
    Ambiguous,
}

/// A word that names no state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("no state of a session")]
pub struct UnknownState;

impl State {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Intended,
        Self::Issued,
        Self::Refused,
        Self::Unknown,
        Self::Absent,
        Self::IssuedTokenLost,
        Self::Ambiguous,
    ];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Intended => "intended",
            Self::Issued => "issued",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
            Self::Absent => "absent",
            Self::IssuedTokenLost => "issued_token_lost",
            Self::Ambiguous => "ambiguous",
        }
    }

    /// Whether another call for the same client has to wait for it.
    pub const fn holds_slot(self) -> bool {
        matches!(self, Self::Intended | Self::Unknown)
    }

    /// Whether its key may be granted a new intent without the caller saying anything: nothing was bought.
    pub const fn is_void(self) -> bool {
        matches!(self, Self::Refused | Self::Absent)
    }
}

impl FromStr for State {
    type Err = UnknownState;

    fn from_str(text: &str) -> Result<Self, UnknownState> {
        Self::ALL.into_iter().find(|state| state.as_str() == text).ok_or(UnknownState)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
