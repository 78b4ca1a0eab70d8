//! Settings as the service uses them: every value is within its bounds, and secrets are not fetched yet.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use kyc_ledger::keys::KeyId;
use kyc_ledger::{DatabaseUrl, Environment, Instance};

use crate::settings::secret::SecretSource;

/// All settings. What each means is in [`KEYS`](crate::settings::KEYS).
#[derive(Clone, Debug)]
pub struct Settings {
    /// `listen`.
    pub listen: SocketAddr,
    /// `policies`.
    pub policies: PathBuf,
    /// `database`.
    pub database: DatabaseUrl,
    /// `database_password`.
    pub database_password: Option<SecretSource>,
    /// `instance`.
    pub instance: Instance,
    /// `tls`.
    pub tls: Option<Tls>,
    /// `master_keys`, newest first; empty in the sandbox alone.
    pub master_keys: Vec<MasterKey>,
    /// `accounts` by name; empty in the sandbox alone.
    pub accounts: BTreeMap<String, AccountSettings>,
    /// `limits`.
    pub limits: Limits,
    /// `breaker`.
    pub breaker: BreakerSettings,
    /// `idempotency.replay`.
    pub replay: Duration,
    /// `reconcile`.
    pub reconcile: ReconcileSettings,
    /// `history`.
    pub history: HistorySettings,
    /// `log`.
    pub log: LogSettings,
}

/// `tls`.
#[derive(Clone, Debug)]
pub struct Tls {
    /// The certificate chain, as PEM.
    pub certificate: PathBuf,
    /// Its private key, as PEM.
    pub key: PathBuf,
}

/// One of `master_keys`.
#[derive(Clone, Debug)]
pub struct MasterKey {
    /// Its name in the rows that were made with it.
    pub id: KeyId,
    /// Where it is.
    pub source: SecretSource,
}

/// One of `accounts`.
#[derive(Clone, Debug)]
pub struct AccountSettings {
    /// What the account is for at the vendor.
    pub environment: Environment,
    /// The API key.
    pub api_key: SecretSource,
    /// The API secret.
    pub api_secret: SecretSource,
    /// Where the vendor's API is.
    pub base_url: String,
    /// The names of its policies; `*` stands for any characters.
    pub policies: Vec<String>,
    /// How many calls the vendor grants in an hour.
    pub rate_per_hour: u32,
}

/// `limits`.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How long one request may take.
    pub deadline: Duration,
    /// Calls to the vendor under way at once, per account.
    pub concurrency: u32,
    /// Connections open at once.
    pub connections: u32,
    /// Bytes of the longest body.
    pub body: usize,
    /// How long calls under way may take to end when the service stops.
    pub shutdown: Duration,
}

/// `breaker`: when calls to an account are paused.
#[derive(Clone, Copy, Debug)]
pub struct BreakerSettings {
    /// After how many failures in a row.
    pub failures: u32,
    /// How long the first pause is.
    pub pause: Duration,
    /// How long a pause gets at most.
    pub longest_pause: Duration,
    /// How long the pause is when the account itself is at fault.
    pub account_pause: Duration,
}

/// `reconcile`.
#[derive(Clone, Copy, Debug)]
pub struct ReconcileSettings {
    /// How old an unknown outcome is before the vendor is asked.
    pub quiet: Duration,
    /// How often unknown outcomes are looked for.
    pub every: Duration,
}

/// `history`.
#[derive(Clone, Debug)]
pub struct HistorySettings {
    /// The file that heads are appended to.
    pub heads: Option<PathBuf>,
    /// How often.
    pub every: Duration,
}

/// `log`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogSettings {
    /// How lines look.
    pub format: LogFormat,
    /// What is told.
    pub level: LogLevel,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// One JSON object per line.
    Json,
    /// For people.
    Text,
}

/// What is logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogLevel {
    /// What went wrong.
    Error,
    /// And what is worth a look.
    Warn,
    /// And what happens.
    Info,
    /// And how.
    Debug,
}
