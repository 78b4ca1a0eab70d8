//! What a policy stands in, as far as its tests look at it.

use kyc_core::CountrySet;
use kyc_policy::{Policy, PolicySet, Today};

/// A policy and what it stands in.
#[derive(Clone, Copy, Debug)]
pub struct UnderTest<'a> {
    /// The policy.
    pub policy: &'a Policy,
    /// What it is under.
    pub set: &'a PolicySet,
    /// Countries that it leaves out in so many words.
    pub left_out: CountrySet,
}

impl UnderTest<'_> {
    /// What holds whatever the policy says.
    pub const fn today(&self) -> Today {
        Today { deny: self.set.denied() }
    }
}
