//! Claims: asking the ledger whether the vendor may be asked.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use kyc_core::ClientId;
use zeroize::Zeroizing;

use crate::history::Salt;
use crate::{CallerId, Environment, IdempotencyKey, Session, SessionId};

/// What is about to be asked of the vendor, and by whom.
#[derive(Clone, Debug)]
pub struct Claim {
    /// A new identifier, which is the session's if the claim is granted.
    pub id: SessionId,
    /// Who asks.
    pub caller: CallerId,
    /// The caller's key for this token.
    pub key: IdempotencyKey,
    /// What must be the same for the key to be the same request: name of the policy and canonical data of the client.
    pub fingerprint: PersonalBytes,
    /// The policy under which the token is asked for.
    pub policy: PolicyRecord,
    /// The name of the vendor's account.
    pub account: Arc<str>,
    /// The environment of the account.
    pub environment: Environment,
    /// Who is to be verified.
    pub client: ClientId,
    /// The body that will be sent, byte by byte. Only a salted commitment to it is kept.
    pub request: PersonalBytes,
    /// Whether an open session of this caller with the same client, policy and data is as good as a new one.
    pub reuse: bool,
    /// Whether the caller will pay again where a session was issued and its token lost.
    pub reissue: bool,
}

/// The policy that a session is asked for under.
#[derive(Clone)]
pub struct PolicyRecord {
    /// Its name.
    pub name: String,
    /// Its digest: SHA-256 over its canonical form.
    pub digest: [u8; 32],
    canonical: Arc<dyn Fn() -> String + Send + Sync>,
}

impl PolicyRecord {
    /// A policy of this name and digest. Its canonical form is kept once per digest, so it is made only when it is missing.
    pub fn new(
        name: impl Into<String>,
        digest: [u8; 32],
        canonical: impl Fn() -> String + Send + Sync + 'static,
    ) -> Self {
        Self { name: name.into(), digest, canonical: Arc::new(canonical) }
    }

    /// Its canonical form.
    pub fn canonical(&self) -> String {
        (self.canonical)()
    }
}

impl fmt::Debug for PolicyRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PolicyRecord").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Bytes with personal values in them: they do not print, and leave memory zeroed.
#[derive(Clone, Default)]
pub struct PersonalBytes(Zeroizing<Vec<u8>>);

impl PersonalBytes {
    /// The bytes themselves. Whoever calls this answers for where they go.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for PersonalBytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }
}

impl From<Zeroizing<Vec<u8>>> for PersonalBytes {
    fn from(bytes: Zeroizing<Vec<u8>>) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for PersonalBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonalBytes(redacted)")
    }
}

/// What became of a claim.
#[derive(Debug)]
pub enum Claimed {
    /// The intent is durable: call the vendor now, once, and settle.
    Granted(Lease),
    /// There is a session for this already, and it is not under way: see its state.
    ///
    /// It is [`Issued`](crate::State::Issued), [`Unknown`](crate::State::Unknown),
    /// [`Ambiguous`](crate::State::Ambiguous) or, unless `reissue` was asked for,
    /// [`IssuedTokenLost`](crate::State::IssuedTokenLost). The others are granted anew.
    Known(Box<Session>),
    /// The call for this key is under way, perhaps on another instance: wait for it.
    InFlight {
        /// The session of the call.
        id: SessionId,
        /// When it is given up at the latest.
        until: Timestamp,
    },
    /// Another call for this client of this account is under way, or its outcome is still unknown.
    Busy {
        /// The session of that call, if it is this caller's.
        id: Option<SessionId>,
        /// After how long to ask again; an estimate where an outcome is unknown.
        after: Duration,
    },
    /// The key was used for another request.
    Mismatch,
}

/// What a key stands for already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recalled {
    /// This session, whatever its state.
    Session(Box<Session>),
    /// Another request.
    Mismatch,
}

/// The right to call the vendor once for one intent, and to settle it, until it runs out.
#[derive(Debug)]
pub struct Lease {
    pub(crate) id: SessionId,
    pub(crate) caller: CallerId,
    pub(crate) account: Arc<str>,
    pub(crate) client: ClientId,
    /// Whoever holds a lease of an earlier epoch has lost it.
    pub(crate) epoch: i64,
    pub(crate) until: Timestamp,
    pub(crate) ends: Instant,
    pub(crate) salt: Salt,
}

impl Lease {
    /// The session.
    pub const fn id(&self) -> SessionId {
        self.id
    }

    /// When it runs out by the clock of the database, for people. An outcome that comes later is refused: by then the intent
    /// counts as unknown.
    pub const fn until(&self) -> Timestamp {
        self.until
    }

    /// Until when it holds at least, by a clock of this process that nobody sets and that agrees with no other: it is counted
    /// from before the claim was asked for.
    pub const fn ends(&self) -> Instant {
        self.ends
    }
}
