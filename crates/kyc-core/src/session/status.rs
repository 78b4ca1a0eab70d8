//! Where a session stands.

use super::open_vocabulary::open_vocabulary;

open_vocabulary! {
    /// The overall status of a session: `status`, or `overall` in a webhook.
    ///
    /// The vendor's vocabulary page and its OpenAPI document list these; a webhook carries only some.
    pub enum SessionStatus {
        /// The vendor approved it. Whether a policy does is another question.
        Approved = "APPROVED",
        /// The vendor denied it.
        Denied = "DENIED",
        /// The checks passed, and there is at least one fraud or mismatch tag: somebody has to decide.
        Suspected = "SUSPECTED",
        /// A human reviewer has it.
        Reviewing = "REVIEWING",
        /// The token or the session ran out without a result. It is not a denial.
        Expired = "EXPIRED",
        /// The token can still be used.
        Active = "ACTIVE",
        /// The data was deleted.
        Deleted = "DELETED",
        /// The data was archived.
        Archived = "ARCHIVED",
        /// It ran out, and then its data was deleted.
        ExpiredDeleted = "EXPIRED-DELETED",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_words_are_named_and_any_other_is_kept() {
        for word in SessionStatus::KNOWN {
            let status = SessionStatus::from_word(word);
            assert!(!matches!(status, SessionStatus::Other(_)), "{word}");
            assert_eq!(status.to_string(), *word);
        }
        // Only the exact word means approval.
        for word in ["approved", "APPROVED ", "BRAND_NEW", ""] {
            assert!(matches!(SessionStatus::from_word(word), SessionStatus::Other(_)), "{word}");
        }
        assert_eq!(SessionStatus::from_word("BRAND_NEW").as_str(), "BRAND_NEW");
    }
}
