//! The ledger of a service, for tools that work on it beside the service: where it is, and the keys of it.

use std::fs;

use kyc_ledger::keys::{KeyId, KeyRing, MasterKey};
use kyc_ledger::{DatabaseUrl, Instance, LedgerOptions, Role};
use secrecy::SecretString;
use zeroize::Zeroizing;

use super::error::{StartError, StartErrors};
use super::prepare::key_ring;
use super::sandbox::{NAME, key_file};
use crate::settings::{SecretSource, Settings};

/// What is added to the name of an instance for the tools beside it.
const SUFFIX: &str = "-tool";

/// Where a ledger is, and the keys of it.
#[derive(Debug)]
pub struct LedgerAccess {
    /// The database.
    pub database: DatabaseUrl,
    /// Its master keys.
    pub keys: KeyRing,
    /// How a tool opens it: as an instance of its own, beside the service.
    pub options: LedgerOptions,
}

/// Fetches the keys of a ledger. `is_sandbox` is for the ledger of [`start_sandbox`](super::start_sandbox).
///
/// # Errors
///
/// Every secret that cannot be had.
pub fn ledger_access(settings: &Settings, is_sandbox: bool) -> Result<LedgerAccess, StartErrors> {
    let mut errors = StartErrors::new();
    let keys = if is_sandbox {
        errors.add(sandbox_key(settings)).and_then(|key| errors.add(KeyRing::new(vec![key])))
    } else {
        key_ring(&settings.master_keys, &mut errors)
    };
    let password = errors.add(database_password(settings));
    let (Some(keys), Some(password)) = (keys, password) else { return Err(errors) };
    let options = LedgerOptions {
        role: Role::Tool,
        replay: settings.replay,
        heads: settings.history.heads.clone(),
        password,
        ..LedgerOptions::new(beside(&settings.instance))
    };
    Ok(LedgerAccess { database: settings.database.clone(), keys, options })
}

/// Fetches the password of the database, if the settings name one.
///
/// # Errors
///
/// There is a place for it, and no password there.
pub fn database_password(settings: &Settings) -> Result<Option<SecretString>, StartError> {
    let password = settings.database_password.as_ref().map(SecretSource::fetch).transpose();
    Ok(password.map_err(StartError::Password)?.map(|password| password.as_str().into()))
}

/// The instance of tools beside an instance: the service itself must not be taken over.
fn beside(instance: &Instance) -> Instance {
    let kept: String = instance.as_str().chars().take(Instance::MAX - SUFFIX.len()).collect();
    Instance::new(&format!("{kept}{SUFFIX}")).unwrap_or_else(|_| instance.clone())
}

/// The key that the sandbox has made.
fn sandbox_key(settings: &Settings) -> Result<(KeyId, MasterKey), StartError> {
    let path = key_file(&settings.database);
    let failed = |error: &dyn std::fmt::Display| {
        let path = path.display();
        StartError::System(format!("cannot read `{path}`, the key that `kyc serve --sandbox` makes: {error}"))
    };
    let text = fs::read_to_string(&path).map(Zeroizing::new).map_err(|error| failed(&error))?;
    let key = MasterKey::from_text(&text).map_err(|error| failed(&error))?;
    Ok((KeyId::new(NAME).map_err(|error| failed(&error))?, key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tools_never_take_the_service_over() {
        for name in ["node-1", "a", &"n".repeat(40)] {
            let instance = Instance::new(name).unwrap();
            let tool = beside(&instance);
            assert_ne!(tool, instance);
            assert!(tool.as_str().ends_with(SUFFIX));
        }
    }
}
