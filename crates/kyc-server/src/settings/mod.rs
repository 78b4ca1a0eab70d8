//! The settings of the service: one table of keys ([`KEYS`]), read from a file, the environment and the command line.
//!
//! A flag counts before the environment, that before the file, and the file before the default. Each of them is read
//! into one tree whose values keep their places, so that every mistake is found at once and shown where it was written.
//!
//! Secrets are named, never written down: a key that holds one takes `{ env: NAME }` or `{ file: PATH }`.

mod docs;
mod input;
mod key;
mod layers;
mod lower;
mod mask;
mod model;
mod rules;
mod secret;
mod size;
mod table;
mod values;
mod walk;

pub use docs::settings_document;
pub use input::{Input, SettingsFile};
pub use key::{Form, Key};
pub use lower::{Mistakes, read, read_for_ledger};
pub use model::{
    AccountSettings, BreakerSettings, HistorySettings, Limits, LogFormat, LogLevel, LogSettings, MasterKey,
    ReconcileSettings, Settings, Tls,
};
pub use rules::RULES;
pub use secret::{SecretError, SecretSource};
pub use table::KEYS;

/// The file that is read if no other is named and it is there.
pub const SETTINGS_FILE: &str = "kyc.yaml";

#[cfg(test)]
mod tests;
