//! What can happen, and the facts that are kept of it in clear.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use thiserror::Error;

use super::chain::Link;
use super::commitment::Commitment;
use crate::bytes32::bytes32;

bytes32! {
    /// The digest of a policy.
    PolicyDigest
}

bytes32! {
    /// The SHA-256 of a caller's key.
    KeyHash
}

/// One thing that happened. Its kind and its facts are what a row of the history says.
///
/// No fact is personal: words, names of policies and callers, references of the vendor, and commitments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "facts", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Event {
    /// An instance opened the ledger: the first row of an epoch, and of nothing else.
    Opened {
        /// [`Keys::check`](crate::keys::Keys::check) of the key that the row is written with.
        key_check: String,
        /// The last row of this instance's epoch before; absent in its first.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        previous: Option<Link>,
        /// The version of the program.
        version: String,
    },
    /// A session is about to be asked for: written before the vendor is called.
    Intended {
        /// The name of the vendor's account.
        account: String,
        /// Which session of its idempotency key it is, from 1.
        attempt: u32,
        /// Who asks.
        caller: String,
        /// Commits to the caller's identifier of the client.
        client: Commitment,
        /// Commits to the fingerprint of the data.
        data: Commitment,
        /// The policy's digest.
        digest: PolicyDigest,
        /// `development` or `production`.
        environment: String,
        /// Commits to the tag of the idempotency key.
        key: Commitment,
        /// The policy's name.
        policy: String,
        /// The session of the same key before it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        replaces: Option<String>,
        /// Commits to the raw body that is sent.
        request: Commitment,
    },
    /// The session is given under another idempotency key too, which came with the same data.
    Joined {
        /// Commits to the tag of the key.
        key: Commitment,
        /// The session that the key stood for before, and that came to nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        replaces: Option<String>,
    },
    /// The vendor issued a token.
    Issued {
        /// Commits to the raw body of the answer.
        answer: Commitment,
        /// When the unused token ends, in milliseconds since 1970.
        expires_at: i64,
        /// The vendor's reference of the session.
        scan_ref: String,
        /// Commits to the token.
        token: Commitment,
    },
    /// No session came to be: the vendor refused, or was not reached.
    Refused {
        /// The word of the refusal.
        code: String,
        /// The status of the answer, if there was one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        status: Option<u16>,
    },
    /// Nobody can say yet whether a session came to be.
    Unknown {
        /// Why, in a word, such as `lease-expired`.
        reason: String,
        /// The vendor's reference of the session, if that much is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        scan_ref: Option<String>,
    },
    /// It is settled that no session came to be.
    Absent {
        /// Who settled it.
        by: By,
        /// Commits to what a person wrote who settled it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<Commitment>,
    },
    /// It is settled that a session came to be whose token nobody has.
    IssuedTokenLost {
        /// Who settled it.
        by: By,
        /// Commits to what a person wrote who settled it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<Commitment>,
        /// The vendor's reference of the session; absent if a person settled it without one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        scan_ref: Option<String>,
    },
    /// Several sessions may be the one that was asked for: a person has to settle it.
    Ambiguous {
        /// The vendor's references of them.
        scan_refs: Vec<String>,
    },
    /// The session's first result has come: its token is given to nobody any more.
    Closed {
        /// When it came, in milliseconds since 1970.
        closed_at: i64,
    },
    /// The person's data was erased. What remains says that there was a session, and no longer whose.
    Erased {
        /// Why, in a word, such as `requested` or `retention`.
        reason: String,
    },
    /// A caller got a key.
    CallerAdded {
        /// The caller.
        caller: String,
        /// What is stored in place of the key: its SHA-256. The key is random, so this tells nothing.
        hash: KeyHash,
        /// The public part of the key.
        name: String,
        /// The policies that it may use.
        policies: Vec<String>,
        /// How many requests it may make in a minute, if there is a bound of its own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rate_per_minute: Option<u32>,
        /// What it may do.
        scopes: Vec<String>,
    },
    /// A key of a caller was revoked.
    CallerRevoked {
        /// The public part of the key.
        name: String,
    },
}

/// Who settled what became of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The call to the vendor itself.
    Call,
    /// The service, by the vendor's own list of sessions.
    Reconciliation,
    /// A person.
    Operator,
}

/// A row's kind and facts are not those of an event that this release knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the row's kind and facts are none that this release of kyc knows")]
pub struct MalformedEvent;

impl Event {
    /// Its kind and its facts, as they are stored: the facts in the canonical form of RFC 8785.
    pub fn to_stored(&self) -> (String, String) {
        // Facts are declared in the order of their names, and none is a fraction: written as they come, they are canonical.
        let event = serde_json::to_string(self).unwrap_or_default();
        let parts = || {
            let (kind, rest) = event.strip_prefix("{\"kind\":\"")?.split_once('"')?;
            Some((kind.to_owned(), rest.strip_prefix(",\"facts\":")?.strip_suffix('}')?.to_owned()))
        };
        parts().unwrap_or_default()
    }

    /// The event that was stored so.
    pub fn read(kind: &str, facts: &str) -> Result<Self, MalformedEvent> {
        let mut event = Map::from_iter([("kind".to_owned(), kind.into())]);
        let facts: Map<String, Value> = serde_json::from_str(facts).map_err(|_| MalformedEvent)?;
        event.insert("facts".to_owned(), facts.into());
        serde_json::from_value(event.into()).map_err(|_| MalformedEvent)
    }

    /// Whether it happens to a session, and is one of its steps.
    pub const fn is_of_session(&self) -> bool {
        !matches!(self, Self::Opened { .. } | Self::CallerAdded { .. } | Self::CallerRevoked { .. })
    }
}

#[cfg(test)]
mod tests;
