//! Policies that were recorded: read back for judging and showing, never for issuing.

use thiserror::Error;

use crate::canonical::{meaning, read_meaning};
use crate::digest::{Digest, digest_of};
use crate::judge::{Facts, Judgement, Today, judge};
use crate::sections::Sections;

/// The meaning of a policy that was checked before, perhaps by an older release: its digest is the proof. No token can
/// be issued under it.
#[derive(Clone, Debug, PartialEq)]
pub struct ArchivedPolicy {
    sections: Sections,
    digest: Digest,
}

/// Why a text is not the recorded policy.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ArchiveError {
    /// The text is not the one that the digest was taken of.
    #[error("the text is not the one of this digest")]
    OtherDigest,
    /// The digest fits, and this release cannot read the text: a later one wrote it.
    #[error("this release cannot read the policy: {0}")]
    Unreadable(String),
}

impl ArchivedPolicy {
    /// Reads the canonical form ([`crate::Policy::canonical`]) of the policy with this digest.
    ///
    /// # Errors
    ///
    /// The text has another digest, or a later release wrote it.
    pub fn read(canonical: &str, digest: Digest) -> Result<Self, ArchiveError> {
        if digest_of(canonical.as_bytes()) != digest {
            return Err(ArchiveError::OtherDigest);
        }
        let sections = read_meaning(canonical.as_bytes())
            .map_err(|error| ArchiveError::Unreadable(error.to_string()))?;
        Ok(Self { sections, digest })
    }

    /// Digest of everything that reaches the vendor or the verdict.
    pub const fn digest(&self) -> Digest {
        self.digest
    }

    /// What the policy makes of a result.
    pub fn judge(&self, facts: &Facts, today: Today) -> Judgement {
        judge(&self.sections, facts, today)
    }

    /// The canonical form, as it was read.
    pub fn canonical(&self) -> String {
        String::from_utf8(meaning(&self.sections)).unwrap_or_default()
    }

    /// What the policy says; its name and what it says to people were not recorded.
    pub const fn sections(&self) -> &Sections {
        &self.sections
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CANONICAL: &str =
        r#"{"client":{"accept":[],"require":["client_id"]},"countries":["LT"],"documents":["PASSPORT"]}"#;

    fn read(text: &str) -> Result<ArchivedPolicy, ArchiveError> {
        ArchivedPolicy::read(text, digest_of(text.as_bytes()))
    }

    #[test]
    fn the_digest_must_fit() {
        let digest = digest_of(CANONICAL.as_bytes());
        assert_eq!(
            ArchivedPolicy::read(CANONICAL, digest).map(|policy| policy.canonical()),
            Ok(CANONICAL.to_owned())
        );
        let other = CANONICAL.replace("LT", "LV");
        assert_eq!(ArchivedPolicy::read(&other, digest), Err(ArchiveError::OtherDigest));
    }

    #[test]
    fn what_this_release_would_not_write_is_unreadable() {
        for (from, to) in [
            ("{\"client\"", "{\"brand_new\":1,\"client\""),
            ("\"LT\"", "\"LTU\""),
            ("[\"LT\"]", "\"all\""),
            ("\"PASSPORT\"", "\"PASPORT\""),
            ("\"client_id\"", "\"id\""),
            ("{\"client\"", "{\"age\":{\"min\":30,\"max\":20},\"client\""),
            ("{\"client\"", "{\"flags\":{\"checks.unknown\":true},\"client\""),
            ("{\"client\"", "{\"questionnaire\":{},\"client\""),
            ("{\"client\"", "{\"extra\":{},\"client\""),
            ("{\"client\"", "{\"vendor\":{\"clientId\":1},\"client\""),
            ("}", ""),
        ] {
            let text = CANONICAL.replacen(from, to, 1);
            assert!(matches!(read(&text), Err(ArchiveError::Unreadable(_))), "{text}");
        }
    }
}
