//! Who asks, and what that one may do.

use kyc_ledger::{CallerId, IdError, Scope};

use super::code::Code;
use super::glob::PolicyGlobs;
use super::problem::Problem;

/// A service that asks for tokens, told apart from others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Its name, which its requests and sessions belong to.
    pub id: CallerId,
    /// The policies that exist for it.
    pub policies: PolicyGlobs,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// How many requests it may make in a minute; `None` for as many as the service's own bounds allow.
    pub rate_per_minute: Option<u32>,
}

impl Caller {
    /// Whoever asks on this machine while no caller has a key: `local`, for everything.
    pub fn local() -> Result<Self, IdError> {
        Ok(Self {
            id: CallerId::new("local")?,
            policies: PolicyGlobs::all(),
            scopes: Scope::ALL.to_vec(),
            rate_per_minute: None,
        })
    }

    /// Refuses unless the caller may do this.
    pub fn needs(&self, scope: Scope) -> Result<(), Problem> {
        if self.scopes.contains(&scope) {
            return Ok(());
        }
        Err(Problem::new(Code::Forbidden, format!("the key of `{}` lacks the scope `{scope}`", self.id)))
    }
}

/// A pattern that no longer has the form of one matches nothing.
impl From<kyc_ledger::Caller> for Caller {
    fn from(caller: kyc_ledger::Caller) -> Self {
        Self {
            id: caller.id,
            policies: caller.policies.into_iter().filter_map(|glob| glob.parse().ok()).collect(),
            scopes: caller.scopes,
            rate_per_minute: caller.rate_per_minute,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caller_does_what_its_scopes_say() {
        let caller = Caller { scopes: vec![Scope::Read], ..Caller::local().unwrap() };
        assert!(caller.needs(Scope::Read).is_ok());
        for scope in [Scope::Issue, Scope::Erase] {
            assert_eq!(caller.needs(scope).unwrap_err().code(), Code::Forbidden);
        }
    }

    #[test]
    fn a_malformed_pattern_widens_nothing() {
        let stored = kyc_ledger::Caller {
            id: CallerId::new("shop").unwrap(),
            key: None,
            policies: vec!["EU?".to_owned(), "us-*".to_owned()],
            scopes: Vec::new(),
            rate_per_minute: None,
        };
        let caller = Caller::from(stored);
        assert!(caller.policies.matches("us-basic"));
        assert!(!caller.policies.matches("eu-basic"));
    }
}
