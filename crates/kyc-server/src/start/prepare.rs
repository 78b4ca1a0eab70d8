//! Everything that can be got ready before anything is opened: keys, accounts, certificate and policies. It changes
//! nothing, and all that is wrong is found at once.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use kyc_ledger::keys::{KeyId, KeyRing, MasterKey};
use kyc_ledger::{DatabaseUrl, Inspected, LedgerOptions, inspect};
use rustls::ServerConfig;
use secrecy::SecretString;
use zeroize::Zeroizing;

use super::error::{StartError, StartErrors};
use super::ledger::database_password;
use crate::accounts::accounts;
use crate::engine::{Accounts, PolicySet};
use crate::http::tls_config;
use crate::reload::Reload;
use crate::settings::{MasterKey as MasterKeySetting, Settings, Tls};

/// What a service is made of.
pub struct Prepared {
    pub(super) settings: Settings,
    pub(super) keys: KeyRing,
    pub(super) password: Option<SecretString>,
    pub(super) accounts: Accounts,
    pub(super) tls: Option<Arc<ServerConfig>>,
    pub(super) reload: Reload,
    pub(super) set: PolicySet,
}

/// What the sandbox brings along instead of settings.
pub(super) struct Brought {
    pub(super) key: (KeyId, MasterKey),
    pub(super) accounts: Accounts,
}

/// Gets everything ready. It reads files: not for a thread that answers requests.
///
/// # Errors
///
/// All that is wrong.
pub fn prepare(settings: Settings) -> Result<Prepared, StartErrors> {
    prepare_with(settings, None)
}

pub(super) fn prepare_with(settings: Settings, brought: Option<Brought>) -> Result<Prepared, StartErrors> {
    let mut errors = StartErrors::new();
    let (own_keys, own_accounts) = brought.map(|brought| (brought.key, brought.accounts)).unzip();
    let keys = match own_keys {
        Some(key) => errors.add(KeyRing::new(vec![key])),
        None => key_ring(&settings.master_keys, &mut errors),
    };
    let password = errors.add(database_password(&settings)).flatten();
    let accounts = own_accounts.or_else(|| match accounts(&settings) {
        Ok(accounts) => Some(accounts),
        Err(found) => {
            errors.extend(found);
            None
        }
    });
    let tls = settings.tls.as_ref().and_then(|tls| certificate(tls, &mut errors));
    // Which account pays for a policy cannot be said without accounts; the policies themselves are checked all the same.
    let policies = if let Some(accounts) = &accounts {
        errors.add(Reload::begin(&settings.policies, accounts).map_err(StartError::Policies))
    } else {
        errors.add(crate::reload::check(&settings.policies).map_err(StartError::Policies));
        None
    };
    match (keys, accounts, policies) {
        (Some(keys), Some(accounts), Some((reload, set))) if errors.iter().next().is_none() => {
            Ok(Prepared { settings, keys, password, accounts, tls, reload, set })
        }
        _ => Err(errors),
    }
}

pub(super) fn key_ring(settings: &[MasterKeySetting], errors: &mut StartErrors) -> Option<KeyRing> {
    let keys: Vec<_> = settings.iter().filter_map(|key| errors.add(master_key(key))).collect();
    (keys.len() == settings.len()).then(|| errors.add(KeyRing::new(keys)))?
}

fn master_key(setting: &MasterKeySetting) -> Result<(KeyId, MasterKey), StartError> {
    let MasterKeySetting { id, source } = setting;
    let text = source.fetch().map_err(|error| StartError::NoMasterKey { id: id.clone(), error })?;
    let key = MasterKey::from_text(&text).map_err(|error| StartError::MasterKey {
        id: id.clone(),
        origin: source.clone(),
        error,
    })?;
    Ok((id.clone(), key))
}

fn certificate(tls: &Tls, errors: &mut StartErrors) -> Option<Arc<ServerConfig>> {
    let read = |key: &'static str, path: &Path| {
        fs::read(path).map(Zeroizing::new).map_err(|error| StartError::TlsFile {
            key,
            path: path.to_owned(),
            error,
        })
    };
    let certificate = errors.add(read("tls.certificate", &tls.certificate));
    let key = errors.add(read("tls.key", &tls.key));
    errors.add(tls_config(&certificate?, &key?))
}

impl Prepared {
    /// How the ledger is opened.
    pub(super) fn ledger_options(&self) -> LedgerOptions {
        // A call that has not come back by its deadline, and the writing of its outcome, end well within the lease.
        const SPARE: std::time::Duration = std::time::Duration::from_mins(1);
        let settings = &self.settings;
        LedgerOptions {
            lease: settings.limits.deadline + SPARE,
            // A vendor's list that has not come by then is asked for again.
            finding: settings.limits.deadline * 2,
            replay: settings.replay,
            heads: settings.history.heads.clone(),
            password: self.password.clone(),
            ..LedgerOptions::new(settings.instance.clone())
        }
    }

    /// Looks at the database, without changing anything.
    ///
    /// # Errors
    ///
    /// It cannot be used.
    pub async fn inspect(&self) -> Result<Inspected, StartErrors> {
        let found = inspect(&self.settings.database, self.password.clone(), &self.keys).await;
        let failed = |error| StartError::Ledger { database: self.settings.database.to_string(), error };
        found.map_err(|error| failed(error).into())
    }

    /// Where sessions are kept.
    pub const fn database(&self) -> &DatabaseUrl {
        &self.settings.database
    }

    /// The settings.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The accounts at the vendor.
    pub const fn accounts(&self) -> &Accounts {
        &self.accounts
    }

    /// The policies.
    pub const fn policies(&self) -> &PolicySet {
        &self.set
    }

    /// The names of the master keys, newest first.
    pub fn master_keys(&self) -> impl Iterator<Item = &KeyId> {
        self.keys.all().map(kyc_ledger::keys::Keys::id)
    }
}

impl std::fmt::Debug for Prepared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Prepared").field("settings", &self.settings).finish_non_exhaustive()
    }
}
