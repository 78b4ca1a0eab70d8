//! Why the service does not start.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

use kyc_ledger::OpenError;
use kyc_ledger::keys::{KeyId, KeyRingError, MasterKeyError};
use thiserror::Error;

use crate::accounts::AccountError;
use crate::http::TlsError;
use crate::reload::NotTaken;
use crate::settings::{SecretError, SecretSource};

/// One reason. No text of it holds a secret.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StartError {
    /// A master key cannot be had.
    #[error("`master_keys`, `{id}`: {error}")]
    NoMasterKey {
        /// Its name.
        id: KeyId,
        /// Why.
        error: SecretError,
    },
    /// What is there is no master key.
    #[error("`master_keys`, `{id}`, from {origin}: {error}")]
    MasterKey {
        /// Its name.
        id: KeyId,
        /// Where it is from.
        origin: SecretSource,
        /// Why.
        error: MasterKeyError,
    },
    /// The master keys do not go together.
    #[error("`master_keys`: {0}")]
    KeyRing(#[from] KeyRingError),
    /// The password of the database cannot be had.
    #[error("`database_password`: {0}")]
    Password(SecretError),
    /// An account cannot be used.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// The policies are not taken.
    #[error("{0}")]
    Policies(NotTaken),
    /// A file of `tls` cannot be read.
    #[error("`{key}`: cannot read `{}`: {error}", path.display())]
    TlsFile {
        /// The setting.
        key: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// What is in them cannot be used.
    #[error("`tls`: {0}")]
    Tls(#[from] TlsError),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {error}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        error: std::io::Error,
    },
    /// The database cannot be used.
    #[error("`database`, {database}: {error}")]
    Ledger {
        /// Where it is, without a password.
        database: String,
        /// Why.
        error: OpenError,
    },
    /// Others could reach the service, and no caller has a key.
    #[error("other machines could reach the service on {0}, and no caller has a key yet")]
    NoCallers(SocketAddr),
    /// The sandbox does not start.
    #[error("the sandbox does not start: {0}")]
    Sandbox(String),
    /// The system does not do what it should.
    #[error("{0}")]
    System(String),
}

impl StartError {
    /// What to do about it, if that is not in the error itself.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NoMasterKey { .. } => {
                Some("make a key by `openssl rand -hex 32`, and keep it where only the service reads it")
            }
            Self::NoCallers(_) => Some(
                "make a key by `kyc keys add --name NAME --policies '*'`, with the same settings, or listen on 127.0.0.1: there, everybody on \
                 this machine may ask",
            ),
            Self::Policies(NotTaken::Unreadable(_) | NotTaken::Empty(_)) => {
                Some("name the folder of policies by `--policies`; `kyc new NAME` writes a first policy")
            }
            Self::Policies(NotTaken::Mistakes(_)) => {
                Some("a folder is taken as a whole: mend every file, and see that `kyc check` is content")
            }
            Self::Listen { .. } => Some("another program may have the port: name another by `--listen`"),
            _ => None,
        }
    }

    /// Whether the policies are at fault, and not the settings or the machine.
    pub const fn is_about_policies(&self) -> bool {
        matches!(self, Self::Policies(NotTaken::Mistakes(_)))
    }
}

/// All reasons that could be found at once.
#[derive(Debug)]
pub struct StartErrors(Vec<StartError>);

impl StartErrors {
    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &StartError> {
        self.0.iter()
    }

    pub(super) fn add<T, E: Into<StartError>>(&mut self, result: Result<T, E>) -> Option<T> {
        result.map_err(|error| self.0.push(error.into())).ok()
    }

    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    pub(super) fn extend(&mut self, errors: impl IntoIterator<Item = impl Into<StartError>>) {
        self.0.extend(errors.into_iter().map(Into::into));
    }
}

impl From<StartError> for StartErrors {
    fn from(error: StartError) -> Self {
        Self(vec![error])
    }
}

impl fmt::Display for StartErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<_> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for StartErrors {}
