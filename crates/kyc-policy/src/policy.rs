//! A checked policy.

use kyc_core::{CountrySet, ExpiryTime};

use crate::canonical::meaning;
use crate::client::{ClientField, ClientFields};
use crate::digest::{Digest, digest, document_digest};
use crate::rules::Waiting;
use crate::sections::{Governance, Sections};

/// A policy that satisfies every rule: whoever holds one holds the proof, for only the check makes it.
#[derive(Clone, Debug)]
pub struct Policy {
    pub(crate) sections: Sections,
    /// The rules that need a client's data.
    pub(crate) waiting: Waiting,
    pub(crate) digest: Digest,
    pub(crate) document_digest: Digest,
}

impl Policy {
    /// The caller proves that every rule was run over `sections` without an error.
    pub(crate) fn proven(sections: Sections, waiting: Waiting) -> Self {
        let digest = digest(&sections);
        let document_digest = document_digest(digest, &sections);
        Self { sections, waiting, digest, document_digest }
    }

    /// What generated code states beside sections and digests.
    #[doc(hidden)]
    pub const fn waiting(&self) -> u128 {
        self.waiting.bits()
    }

    /// The name by which tokens are issued.
    pub fn name(&self) -> &str {
        &self.sections.name
    }

    /// Digest of everything that reaches the vendor or the verdict.
    pub const fn digest(&self) -> Digest {
        self.digest
    }

    /// Digest of the whole document, prose and governance included.
    pub const fn document_digest(&self) -> Digest {
        self.document_digest
    }

    /// The canonical form (RFC 8785) of everything that reaches the vendor or the verdict: what the digest is taken of,
    /// and what [`crate::ArchivedPolicy`] reads.
    pub fn canonical(&self) -> String {
        String::from_utf8(meaning(&self.sections)).unwrap_or_default()
    }

    /// Who answers for the policy, why it is so and until when.
    pub const fn governance(&self) -> &Governance {
        &self.sections.governance
    }

    /// Issuing countries whose documents can pass.
    pub fn countries(&self) -> CountrySet {
        self.sections.countries.effective()
    }

    /// How long an unused token stays valid.
    pub const fn token_lifetime(&self) -> ExpiryTime {
        self.sections.token.expires_in
    }

    /// The client fields that must be given, the client id among them.
    pub const fn required_fields(&self) -> ClientFields {
        self.sections.client.require
    }

    /// Whether a first or a last name must be given.
    pub const fn requires_name(&self) -> bool {
        self.sections.client.require_name
    }

    /// The client fields that may be given beside the required ones.
    pub const fn accepted_fields(&self) -> ClientFields {
        self.sections.client.accept
    }

    /// Whether the policy takes `field` at all.
    pub fn takes(&self, field: ClientField) -> bool {
        self.required_fields().union(self.accepted_fields()).contains(field)
    }

    /// Everything the policy says.
    pub const fn sections(&self) -> &Sections {
        &self.sections
    }
}
