//! From settings to accounts at the vendor: credentials are fetched, and one client is made for each.

use kyc_client::{Client, ClientBuilder};
use kyc_core::{ApiKey, ApiSecret, SecretError as Malformed};
use thiserror::Error;

use crate::engine::{Account, Accounts, AccountsError, PolicyGlob};
use crate::settings::{AccountSettings, SecretError, SecretSource, Settings};

/// Why an account cannot be used. It never holds a credential.
#[derive(Debug, Error)]
pub enum AccountError {
    /// A credential cannot be had.
    #[error("`accounts.{account}.{key}`: {error}")]
    NoSecret {
        /// The account.
        account: String,
        /// The setting.
        key: &'static str,
        /// Why.
        error: SecretError,
    },
    /// What is there is no credential.
    #[error("`accounts.{account}.{key}` from {origin} is malformed: {error}")]
    Malformed {
        /// The account.
        account: String,
        /// The setting.
        key: &'static str,
        /// Where it is from.
        origin: SecretSource,
        /// Why.
        error: Malformed,
    },
    /// The client cannot be made.
    #[error("`accounts.{account}`: {error}")]
    NoClient {
        /// The account.
        account: String,
        /// Why.
        error: kyc_client::BuildError,
    },
    /// The accounts do not go together.
    #[error(transparent)]
    Together(#[from] AccountsError),
}

/// The accounts of the settings.
///
/// # Errors
///
/// All that is wrong with any of them.
pub fn accounts(settings: &Settings) -> Result<Accounts, Vec<AccountError>> {
    let (mut made, mut errors) = (Vec::new(), Vec::new());
    for (name, account) in &settings.accounts {
        match of(name, account, settings) {
            Ok(account) => made.push(account),
            Err(found) => errors.extend(found),
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    Accounts::new(made).map_err(|error| vec![error.into()])
}

fn of(name: &str, account: &AccountSettings, settings: &Settings) -> Result<Account, Vec<AccountError>> {
    let key = credential(name, "api_key", &account.api_key, |text| ApiKey::new(text));
    let secret = credential(name, "api_secret", &account.api_secret, |text| ApiSecret::new(text));
    let (key, secret) = match (key, secret) {
        (Ok(key), Ok(secret)) => (key, secret),
        (key, secret) => return Err(key.err().into_iter().chain(secret.err()).collect()),
    };
    let builder = Client::builder(key, secret).base_url(account.base_url.clone());
    let client = limited(builder, settings)
        .build()
        .map_err(|error| vec![AccountError::NoClient { account: name.to_owned(), error }])?;
    Ok(Account {
        name: name.to_owned(),
        environment: account.environment,
        client,
        policies: account.policies.iter().filter_map(|glob| PolicyGlob::new(glob).ok()).collect(),
        rate_per_hour: account.rate_per_hour,
    })
}

/// A client that ends with the request that it is for.
pub(crate) fn limited(builder: ClientBuilder, settings: &Settings) -> ClientBuilder {
    let deadline = settings.limits.deadline;
    builder.deadline(deadline).attempt_timeout(deadline)
}

fn credential<T>(
    account: &str,
    key: &'static str,
    source: &SecretSource,
    new: impl FnOnce(&str) -> Result<T, Malformed>,
) -> Result<T, AccountError> {
    let text =
        source.fetch().map_err(|error| AccountError::NoSecret { account: account.to_owned(), key, error })?;
    new(&text).map_err(|error| AccountError::Malformed {
        account: account.to_owned(),
        key,
        origin: source.clone(),
        error,
    })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::settings::{Input, read};

    fn settings(folder: &Path) -> Settings {
        let at = |name: &str| folder.join(name).display().to_string();
        let account = |name: &str| {
            format!(
                "{{ environment: development, api_key: {{ file: '{}' }}, api_secret: {{ file: '{}' }} }}",
                at(&format!("{name}-key")),
                at(&format!("{name}-secret"))
            )
        };
        let flags = [
            ("master_keys", "[{ id: a, env: NOT_LOOKED_AT }]".to_owned()),
            ("accounts.eu", account("eu")),
            ("accounts.us", account("us")),
            ("accounts.us.policies", "us-*".to_owned()),
        ];
        let flags = flags.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        read(&Input { flags, ..Input::default() }).unwrap().0
    }

    #[test]
    fn accounts_have_their_own_credentials_and_policies() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["eu-key", "eu-secret", "us-key", "us-secret"] {
            fs::write(folder.path().join(name), "s3cretmarker\n").unwrap();
        }
        let accounts = accounts(&settings(folder.path())).unwrap();
        let us = accounts.named("us").unwrap();
        assert!(us.policies.matches("us-basic") && !us.policies.matches("eu-basic"));
        assert!(accounts.named("eu").unwrap().policies.matches("eu-basic"));
        assert!(!format!("{accounts:?}").contains("s3cretmarker"));
    }

    #[test]
    fn every_credential_that_is_missing_or_malformed_is_told() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("eu-key"), "s3cret\u{e9}marker").unwrap();
        fs::write(folder.path().join("us-key"), "fine").unwrap();
        let errors = accounts(&settings(folder.path())).unwrap_err();
        let texts: Vec<_> = errors.iter().map(|error| format!("{error} {error:?}")).collect();
        assert_eq!(texts.len(), 3, "{texts:?}");
        for (text, part) in
            texts.iter().zip(["accounts.eu.api_key", "accounts.eu.api_secret", "accounts.us.api_secret"])
        {
            assert!(text.contains(part) && !text.contains("marker"), "{text}");
        }
    }
}
