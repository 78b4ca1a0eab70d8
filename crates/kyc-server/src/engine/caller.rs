//! Who asks, and what that one may do.

use super::code::Code;
use super::glob::PolicyGlobs;
use super::problem::Problem;

kyc_core::vocabulary! {
    /// What a caller may do.
    pub enum Scope {
        /// Ask for tokens.
        Issue = "issue",
        /// Read policies and its own sessions.
        Read = "read",
        /// Erase its own sessions.
        Erase = "erase",
    }
}

/// A set of scopes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scopes(u8);

/// A service that asks for tokens, as far as it has been told apart from others.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Its name: 1 to 40 lower-case letters, digits and hyphens.
    pub id: String,
    /// The policies that exist for it.
    pub policies: PolicyGlobs,
    /// What it may do.
    pub scopes: Scopes,
}

impl Scopes {
    /// Every scope.
    pub fn all() -> Self {
        Scope::ALL.iter().copied().collect()
    }

    /// Whether the scope is one of them.
    pub const fn contains(self, scope: Scope) -> bool {
        self.0 & (1 << scope as u8) != 0
    }

    /// The scopes, in the order of their declaration.
    pub fn iter(self) -> impl Iterator<Item = Scope> {
        Scope::ALL.iter().copied().filter(move |scope| self.contains(*scope))
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        Self(scopes.into_iter().fold(0, |bits, scope| bits | 1 << scope as u8))
    }
}

impl Caller {
    /// Whoever asks on this machine while no caller has a key: `local`, for everything.
    pub fn local() -> Self {
        Self { id: "local".to_owned(), policies: PolicyGlobs::all(), scopes: Scopes::all() }
    }

    /// Refuses unless the caller has the scope.
    pub fn needs(&self, scope: Scope) -> Result<(), Problem> {
        if self.scopes.contains(scope) {
            return Ok(());
        }
        Err(Problem::new(Code::Forbidden, format!("the key of `{}` lacks the scope `{scope}`", self.id)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caller_does_what_its_scopes_say() {
        let read: Scopes = [Scope::Read].into_iter().collect();
        let caller = Caller { scopes: read, ..Caller::local() };
        assert!(caller.needs(Scope::Read).is_ok());
        for scope in [Scope::Issue, Scope::Erase] {
            assert_eq!(caller.needs(scope).unwrap_err().code(), Code::Forbidden);
        }
        assert_eq!(Scopes::all().iter().count(), Scope::ALL.len());
        assert_eq!(Scopes::default().iter().count(), 0);
    }
}
