//! The fields that a caller may bring, and sets of them.

use std::fmt;

use crate::vocabulary::words;

words! {
    /// A field that a caller may bring, and nothing else is per client.
    pub enum ClientField {
        /// The caller's identifier of the client; always required.
        ClientId = "client_id",
        /// The caller's opaque reference.
        ExternalRef = "external_ref",
        /// First name.
        FirstName = "first_name",
        /// Last name.
        LastName = "last_name",
        /// Day of birth.
        DateOfBirth = "date_of_birth",
        /// Nationality.
        Nationality = "nationality",
        /// Number of the document.
        DocumentNumber = "document_number",
        /// National personal number.
        PersonalNumber = "personal_number",
        /// Sex.
        Sex = "sex",
        /// Day on which the document expires.
        DateOfExpiry = "date_of_expiry",
        /// Day on which the document was issued.
        DateOfIssue = "date_of_issue",
        /// Postal address.
        Address = "address",
        /// Issuing country of the document.
        DocumentCountry = "document_country",
        /// Language of the vendor's pages.
        Locale = "locale",
        /// What additional steps compare with.
        StepData = "step_data",
    }
}

/// A set of client fields.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct ClientFields(u16);

impl ClientFields {
    /// The empty set.
    pub const EMPTY: Self = Self(0);

    /// For generated code: the macro has checked the value with this very library.
    #[doc(hidden)]
    pub const fn proven(bits: u16) -> Self {
        Self(bits)
    }

    /// The set as [`ClientFields::proven`] takes it.
    #[doc(hidden)]
    pub const fn bits(self) -> u16 {
        self.0
    }

    /// The set with `field` added; usable in constants.
    #[must_use]
    pub const fn with(self, field: ClientField) -> Self {
        Self(self.0 | 1 << field as u16)
    }

    /// Whether `field` is in the set.
    pub const fn contains(self, field: ClientField) -> bool {
        self.0 & (1 << field as u16) != 0
    }

    /// The fields of both sets.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The fields of this set that are not in `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The fields, in the order of declaration.
    pub fn iter(self) -> impl Iterator<Item = ClientField> {
        ClientField::ALL.iter().copied().filter(move |field| self.contains(*field))
    }
}

impl fmt::Debug for ClientFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
