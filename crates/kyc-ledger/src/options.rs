//! How a ledger is opened.

use std::path::PathBuf;
use std::time::Duration;

use crate::Instance;

/// How a ledger is opened.
#[derive(Clone, Debug)]
pub struct LedgerOptions {
    /// The name of this instance.
    pub instance: Instance,
    /// What the ledger is opened for.
    pub role: Role,
    /// How long a call to the vendor may take until its outcome counts as unknown: longer than its deadline.
    pub lease: Duration,
    /// How long whoever was given a session of unknown outcome has for finding it out, until somebody else is given it.
    pub finding: Duration,
    /// How long a token is handed out again under the same key.
    pub replay: Duration,
    /// The file that heads of the history are appended to, on a disk or a mount that who can write to the database
    /// cannot change.
    pub heads: Option<PathBuf>,
    /// The password for PostgreSQL, if the address holds none.
    pub password: Option<secrecy::SecretString>,
}

/// What a ledger is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// To serve: of a SQLite file the only one. What earlier processes left under way in it is unknown from here on.
    Serve,
    /// To look and to tidy up, perhaps while the ledger is served. What is under way is left alone.
    Tool,
}

impl LedgerOptions {
    /// The default lease.
    pub const LEASE: Duration = Duration::from_secs(90);
    /// The default time for finding out an outcome.
    pub const FINDING: Duration = Duration::from_mins(1);
    /// The default time that a token is handed out again.
    pub const REPLAY: Duration = Duration::from_hours(24);

    /// To serve as this instance, with the defaults.
    pub fn new(instance: Instance) -> Self {
        Self {
            instance,
            role: Role::Serve,
            lease: Self::LEASE,
            finding: Self::FINDING,
            replay: Self::REPLAY,
            heads: None,
            password: None,
        }
    }
}
