//! The policies that are in force, as one value that is swapped as a whole.

use std::sync::Arc;

use kyc::Registry;
use kyc_ledger::PolicyRecord;
use kyc_policy::{Policy, Retention, nearest};
use sha2::{Digest as _, Sha256};

use super::caller::Caller;
use super::code::Code;
use super::problem::Problem;

/// Among more policies than this no near name is looked for: comparing would take too long.
const SUGGESTED_AMONG: usize = 1000;

/// The policies that are in force.
#[derive(Clone, Debug)]
pub struct PolicySet {
    registry: Registry,
    /// What they share.
    shared: Arc<kyc_policy::PolicySet>,
    digest: [u8; 32],
}

impl PolicySet {
    /// The policies of a registry, and what they share.
    pub fn new(registry: Registry, shared: kyc_policy::PolicySet) -> Self {
        let mut hash = Sha256::new();
        let Retention { keep, erase_after } = shared.retention();
        for duration in [keep, erase_after] {
            hash.update(duration.map(|duration| duration.to_string()).unwrap_or_default());
            hash.update(b"\n");
        }
        for policy in registry.iter() {
            // A name holds no white space, and a digest is of one length.
            hash.update(policy.name());
            hash.update(b"\n");
            hash.update(policy.document_digest().as_bytes());
        }
        Self { registry, shared: Arc::new(shared), digest: hash.finalize().into() }
    }

    /// The policies by name.
    pub const fn registry(&self) -> &Registry {
        &self.registry
    }

    /// What the policies share.
    pub fn shared(&self) -> &kyc_policy::PolicySet {
        &self.shared
    }

    /// SHA-256 over the retention and the names and document digests of all policies: equal for equal sets.
    pub const fn digest(&self) -> &[u8; 32] {
        &self.digest
    }

    /// The policies that exist for the caller, sorted by name.
    pub fn of<'s>(&'s self, caller: &'s Caller) -> impl Iterator<Item = &'s Arc<Policy>> {
        self.registry.iter().filter(|policy| caller.policies.matches(policy.name()))
    }

    /// The policy of this name, if it exists for the caller. One that does not exist and one that is for others are
    /// told of in the same words, and only names that exist for the caller are suggested.
    pub fn policy(&self, caller: &Caller, name: &str) -> Result<&Arc<Policy>, Problem> {
        let known = self.registry.get(name).filter(|_| caller.policies.matches(name));
        known.ok_or_else(|| self.not_found(caller, name))
    }

    fn not_found(&self, caller: &Caller, name: &str) -> Problem {
        let is_small = self.registry.len() <= SUGGESTED_AMONG;
        let near = is_small.then(|| nearest(name, self.of(caller).map(|policy| policy.name()))).flatten();
        let meant = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        Problem::new(Code::PolicyNotFound, format!("no policy is named `{}`{meant}", shown(name)))
    }
}

/// What the ledger keeps of a policy.
pub(super) fn record(policy: &Arc<Policy>) -> PolicyRecord {
    let kept = Arc::clone(policy);
    PolicyRecord::new(policy.name(), *policy.digest().as_bytes(), move || kept.canonical())
}

/// A name out of an address, fit to be shown.
fn shown(name: &str) -> String {
    name.chars().filter(|c| !c.is_control() && !kyc_core::is_invisible(*c)).take(63).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::testing::registry;

    fn unshared(names: &[&str]) -> PolicySet {
        PolicySet::new(registry(names), kyc_policy::PolicySet::empty())
    }

    fn caller(globs: &[&str]) -> Caller {
        let policies = globs.iter().map(|glob| glob.parse().unwrap()).collect();
        Caller { policies, ..Caller::local().unwrap() }
    }

    #[test]
    fn what_is_for_others_does_not_exist() {
        let set = unshared(&["eu-basic", "us-basic", "us-plus"]);
        let us = caller(&["us-*"]);
        assert!(set.policy(&us, "us-plus").is_ok());
        let detail = |name: &str| {
            let problem = set.policy(&us, name).unwrap_err();
            assert_eq!(problem.code(), Code::PolicyNotFound);
            problem.detail().to_owned()
        };
        assert_eq!(detail("us-basik"), "no policy is named `us-basik`; did you mean `us-basic`?");
        // The nearest of all would be itself, which would tell that it exists.
        assert_eq!(detail("eu-basic"), "no policy is named `eu-basic`; did you mean `us-basic`?");
        assert_eq!(detail("ex-basic").replace("ex-", "eu-"), detail("eu-basic"));
        assert_eq!(detail("nothing-near-\u{202e}\n"), "no policy is named `nothing-near-`");
        assert_eq!(set.of(&us).count(), 2);
    }

    #[test]
    fn a_set_is_known_by_its_digest() {
        let set = |names: &[&str]| *unshared(names).digest();
        let keeping = |text: &str| {
            let sources = &mut kyc_policy::SourceMap::default();
            let (shared, found) = kyc_policy::check_set(sources, "_set.yaml", text.as_bytes());
            assert!(found.is_empty(), "{found:?}");
            *PolicySet::new(registry(&["a"]), shared).digest()
        };
        assert_ne!(set(&["a"]), keeping("retention: { keep: 5y }\n"));
        assert_ne!(keeping("retention: { keep: 5y }\n"), keeping("retention: { erase_after: 5y }\n"));
        assert_eq!(set(&["a", "b"]), set(&["b", "a"]));
        assert_ne!(set(&["a", "b"]), set(&["a"]));
        assert_ne!(set(&["a"]), set(&["b"]));
    }
}
