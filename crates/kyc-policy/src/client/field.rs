//! The fields that a caller may bring, and sets of them.

use crate::vocabulary::{word_set, words};

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

word_set! {
    /// A set of client fields.
    ClientFields(u16) of ClientField
}
