//! What a service without any settings runs on: a stand-in of the vendor in this process, and a master key in a file that
//! is made beside the database.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use kyc_client::Client;
use kyc_core::{ApiKey, ApiSecret};
use kyc_ledger::keys::{KeyId, MasterKey};
use kyc_ledger::{DatabaseUrl, Environment};
use kyc_sandbox::{Running, Sandbox};

use super::error::StartError;
use super::prepare::Brought;
use crate::accounts::limited;
use crate::engine::{Account, Accounts, PolicyGlobs};
use crate::settings::Settings;

/// The name of the account and of the key.
pub(super) const NAME: &str = "sandbox";
/// The key pair that the stand-in takes. It opens nothing else.
const KEY: &str = "sandbox-key";
const SECRET: &str = "sandbox-secret";

/// Starts the stand-in.
pub(super) async fn start(settings: &Settings) -> Result<(Running, Brought), StartError> {
    let failed = |error: &dyn std::fmt::Display| StartError::Sandbox(error.to_string());
    let running =
        Sandbox::builder().credentials(KEY, SECRET).build().start().await.map_err(|error| failed(&error))?;
    let key = ApiKey::new(KEY).map_err(|error| failed(&error))?;
    let secret = ApiSecret::new(SECRET).map_err(|error| failed(&error))?;
    let builder = Client::builder(key, secret).base_url(running.base_url());
    let account = Account {
        name: NAME.to_owned(),
        environment: Environment::Development,
        client: limited(builder, settings).build().map_err(|error| failed(&error))?,
        policies: PolicyGlobs::all(),
        rate_per_hour: 1_000_000,
    };
    let accounts = Accounts::new([account]).map_err(|error| failed(&error))?;
    let path = key_file(&settings.database);
    let key = master_key(&path).map_err(|error| {
        StartError::Sandbox(format!("cannot read or make the key file `{}`: {error}", path.display()))
    })?;
    let id = KeyId::new(NAME).map_err(|error| failed(&error))?;
    Ok((running, Brought { key: (id, key), accounts }))
}

/// The file of the master key: beside a SQLite file, else in the current folder.
pub(super) fn key_file(database: &DatabaseUrl) -> PathBuf {
    match database {
        DatabaseUrl::Sqlite(path) => path.with_extension("key"),
        DatabaseUrl::Postgres(_) => PathBuf::from("kyc-sandbox.key"),
    }
}

/// Reads the key, or makes one that only its owner may read.
fn master_key(path: &Path) -> io::Result<MasterKey> {
    let broken = |error: kyc_ledger::keys::MasterKeyError| io::Error::new(ErrorKind::InvalidData, error);
    match fs::read_to_string(path).map(zeroize::Zeroizing::new) {
        Ok(text) => MasterKey::from_text(&text).map_err(broken),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let key = MasterKey::generate().map_err(broken)?;
            let mut file = private(OpenOptions::new().write(true).create_new(true)).open(path)?;
            writeln!(file, "{}", *key.expose_text())?;
            file.sync_all()?;
            Ok(key)
        }
        Err(error) => Err(error),
    }
}

#[cfg(unix)]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;

    options.mode(0o600)
}

#[cfg(not(unix))]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_made_once_and_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = key_file(&DatabaseUrl::Sqlite(folder.path().join("kyc-sandbox.db")));
        assert_eq!(path, folder.path().join("kyc-sandbox.key"));
        let first = master_key(&path).unwrap().expose_text();
        assert_eq!(*master_key(&path).unwrap().expose_text(), *first);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        fs::write(&path, "not a key").unwrap();
        assert_eq!(master_key(&path).unwrap_err().kind(), ErrorKind::InvalidData);
    }
}
