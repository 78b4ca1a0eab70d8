//! The vendor's accounts, and which policy is for which.

use std::sync::Arc;

use kyc::Registry;
use kyc_client::Client;
use kyc_ledger::Environment;
use thiserror::Error;

use super::glob::PolicyGlobs;

/// An account at the vendor.
#[derive(Clone, Debug)]
pub struct Account {
    /// Its name here: 1 to 40 lower-case letters, digits and hyphens.
    pub name: String,
    /// Its environment.
    pub environment: Environment,
    /// The vendor, with the credentials of this account. Attempts, pauses and deadline of the client are left aside:
    /// the engine repeats calls itself, out of one budget for all.
    pub client: Client,
    /// The policies whose tokens are issued with it.
    pub policies: PolicyGlobs,
    /// How many calls to the vendor may be made in an hour, by all instances together; at least 1.
    pub rate_per_hour: u32,
}

/// The accounts of the service.
#[derive(Clone, Debug, Default)]
pub struct Accounts(Vec<Arc<Account>>);

/// Accounts that cannot be used together.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AccountsError {
    /// There is none.
    #[error("there is no account")]
    None,
    /// Two have one name.
    #[error("two accounts are named `{0}`")]
    NamedTwice(String),
}

/// A policy that is not for exactly one account.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Uncovered {
    /// No account is for it.
    #[error("no account is for policy `{policy}`: add a pattern that matches it to the `policies` of one")]
    ByNone {
        /// The policy.
        policy: String,
    },
    /// More than one account is for it.
    #[error(
        "accounts {} are both for policy `{policy}`: narrow the `policies` of all but one",
        listed(accounts)
    )]
    BySeveral {
        /// The policy.
        policy: String,
        /// The names of the accounts, at least two.
        accounts: Vec<String>,
    },
}

fn listed(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" and ")
}

impl Accounts {
    /// Takes the accounts if there is one and no two have one name.
    pub fn new(accounts: impl IntoIterator<Item = Account>) -> Result<Self, AccountsError> {
        let mut taken: Vec<Arc<Account>> = Vec::new();
        for account in accounts {
            if taken.iter().any(|other| other.name == account.name) {
                return Err(AccountsError::NamedTwice(account.name));
            }
            taken.push(Arc::new(account));
        }
        if taken.is_empty() { Err(AccountsError::None) } else { Ok(Self(taken)) }
    }

    /// The account of this name.
    pub fn named(&self, name: &str) -> Option<&Arc<Account>> {
        self.0.iter().find(|account| account.name == name)
    }

    /// The accounts, in the order in which they were given.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Account>> {
        self.0.iter()
    }

    /// The policies that are not for exactly one account: all of them, sorted by name.
    pub fn uncovered(&self, registry: &Registry) -> Vec<Uncovered> {
        registry.iter().filter_map(|policy| self.of(policy.name()).err()).collect()
    }

    /// The account that is for the policy.
    pub(crate) fn of(&self, policy: &str) -> Result<&Arc<Account>, Uncovered> {
        let mut matching = self.0.iter().filter(|account| account.policies.matches(policy));
        match (matching.next(), matching.next()) {
            (Some(account), None) => Ok(account),
            (None, _) => Err(Uncovered::ByNone { policy: policy.to_owned() }),
            (Some(one), Some(other)) => {
                let names = [one, other].into_iter().chain(matching).map(|account| account.name.clone());
                Err(Uncovered::BySeveral { policy: policy.to_owned(), accounts: names.collect() })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use kyc_core::{ApiKey, ApiSecret};

    use super::*;
    use crate::engine::testing::registry;

    fn account(name: &str, globs: &[&str]) -> Account {
        let client = Client::builder(ApiKey::new("k").unwrap(), ApiSecret::new("s").unwrap());
        Account {
            name: name.to_owned(),
            environment: Environment::Development,
            client: client.build().unwrap(),
            policies: globs.iter().map(|glob| glob.parse().unwrap()).collect(),
            rate_per_hour: 1,
        }
    }

    #[test]
    fn every_policy_is_for_exactly_one_account() {
        let registry = registry(&["eu-basic", "eu-plus", "us-basic"]);
        let covered = |accounts: &[Account]| {
            let accounts = Accounts::new(accounts.iter().cloned()).unwrap();
            accounts.uncovered(&registry).iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(covered(&[account("main", &["*"])]), Vec::<String>::new());
        assert_eq!(covered(&[account("eu", &["eu-*"]), account("us", &["us-*"])]), Vec::<String>::new());
        assert_eq!(
            covered(&[account("eu", &["eu-*"]), account("plus", &["*-plus"])]),
            [
                "accounts `eu` and `plus` are both for policy `eu-plus`: narrow the `policies` of all but one",
                "no account is for policy `us-basic`: add a pattern that matches it to the `policies` of one",
            ]
        );
    }

    #[test]
    fn accounts_have_names_of_their_own() {
        assert_eq!(Accounts::new([]).unwrap_err(), AccountsError::None);
        let twice = [account("a", &["*"]), account("a", &[])];
        assert_eq!(Accounts::new(twice).unwrap_err(), AccountsError::NamedTwice("a".to_owned()));
    }
}
