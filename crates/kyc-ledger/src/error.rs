//! What can go wrong.

use jiff::Timestamp;
use thiserror::Error;

use crate::{SessionId, State};

/// Why the ledger did not do what it was asked. No text of it holds a personal value.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// The database cannot be used; nothing was changed. It is tried again by itself.
    #[error("the database cannot be used: {reason}")]
    Unavailable {
        /// Why, as the database or the system says it.
        reason: String,
    },
    /// The connection was lost while the change was being made, and the database does not answer: it was made completely
    /// or not at all, and which of the two is not known.
    #[error("whether the change was made is unknown: the database was lost meanwhile")]
    Uncertain,
    /// Too much waits for the database; nothing was changed.
    #[error("too much waits for the database")]
    Overloaded,
    /// The ledger has been shut down; nothing was changed.
    #[error("the ledger is shut down")]
    ShutDown,
    /// Another process has opened the ledger as this instance; nothing was changed, and nothing will be.
    #[error("another process has taken over the instance `{instance}`")]
    Superseded {
        /// The name.
        instance: String,
    },
    /// The lease ran out, or the session was settled otherwise.
    #[error("the lease of session `{id}` is lost")]
    LeaseLost {
        /// The session.
        id: SessionId,
    },
    /// There is no such session.
    #[error("there is no session `{id}`")]
    NoSession {
        /// The session.
        id: SessionId,
    },
    /// What was asked is for sessions in another state.
    #[error("session `{id}` is {state}")]
    WrongState {
        /// The session.
        id: SessionId,
        /// Its state.
        state: State,
    },
    /// The personal data have to be kept.
    #[error("session `{id}` has to be kept until {until}")]
    Retained {
        /// The session.
        id: SessionId,
        /// The end of its retention.
        until: Timestamp,
    },
    /// The database holds what the ledger never writes.
    #[error("the database holds what the ledger never writes: {what}")]
    Damaged {
        /// What, by table and column.
        what: &'static str,
    },
    /// There is no such caller's key, or it was revoked before.
    #[error("there is no key `{id}` in force")]
    NoKey {
        /// The public part of the key.
        id: String,
    },
}

/// Why a ledger cannot be opened. No text of it holds a personal value or a password.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The database cannot be used.
    #[error("the database cannot be used: {reason}")]
    Unavailable {
        /// Why, as the database or the system says it.
        reason: String,
    },
    /// Another process serves this file.
    #[error(
        "another process serves `{path}`; a SQLite file is served by one process, use PostgreSQL for more"
    )]
    InUse {
        /// The file.
        path: String,
    },
    /// The database was written by a newer release.
    #[error(
        "the database has version {found} of the schema, and this release knows {known}; use the newer release"
    )]
    Newer {
        /// The version of the schema that was found.
        found: i64,
        /// The latest version that this release knows.
        known: i64,
    },
    /// There is a database, and it is not a ledger.
    #[error("the database is not a ledger of kyc: {what}")]
    NotALedger {
        /// What was found.
        what: String,
    },
    /// None of the master keys is one that the ledger was kept under.
    #[error("the ledger was kept under the keys {}, and none of them is here", list(known))]
    WrongKeys {
        /// Names of the keys that would do.
        known: Vec<String>,
    },
    /// Commits of this database are not durable.
    #[error("commits would not be durable: `{setting}` is `{found}`")]
    NotDurable {
        /// The setting of the database.
        setting: &'static str,
        /// Its value.
        found: String,
    },
    /// The ledger itself refused.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

fn list(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
