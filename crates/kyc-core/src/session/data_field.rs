//! What the vendor reads about a person, field by field.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// A text that the vendor read or estimated about the client. All of them are personal.
    ///
    /// The fields of `data` in the vendor's webhook, which its data call answers too, and `manualAddress`, which older
    /// answers place among them.
    pub enum DataField {
        /// First name on the document.
        DocFirstName = "docFirstName",
        /// Last name on the document.
        DocLastName = "docLastName",
        /// Number of the document.
        DocNumber = "docNumber",
        /// National personal number on the document.
        DocPersonalCode = "docPersonalCode",
        /// Date of expiry, `YYYY-MM-DD` in practice.
        DocExpiry = "docExpiry",
        /// Date of birth, `YYYY-MM-DD` in practice.
        DocDob = "docDob",
        /// Date of issue, `YYYY-MM-DD` in practice.
        DocDateOfIssue = "docDateOfIssue",
        /// Type of the document, such as `PASSPORT`.
        DocType = "docType",
        /// `MALE`, `FEMALE` or `UNDEFINED`.
        DocSex = "docSex",
        /// Nationality, two letters.
        DocNationality = "docNationality",
        /// Issuing country, two letters.
        DocIssuingCountry = "docIssuingCountry",
        /// The country that the client chose, two letters.
        SelectedCountry = "selectedCountry",
        /// Place of birth.
        BirthPlace = "birthPlace",
        /// Issuing authority.
        Authority = "authority",
        /// Address on the document.
        Address = "address",
        /// Temporary address on the document.
        DocTemporaryAddress = "docTemporaryAddress",
        /// Maiden name of the mother.
        MothersMaidenName = "mothersMaidenName",
        /// Name at birth.
        DocBirthName = "docBirthName",
        /// Patronymic.
        DocPatronymic = "docPatronymic",
        /// Categories of a driver's licence.
        DriverLicenseCategory = "driverLicenseCategory",
        /// First and last name in one.
        FullName = "fullName",
        /// First name in the document's own script.
        OrgFirstName = "orgFirstName",
        /// Last name in the document's own script.
        OrgLastName = "orgLastName",
        /// Nationality in the document's own script.
        OrgNationality = "orgNationality",
        /// Place of birth in the document's own script.
        OrgBirthPlace = "orgBirthPlace",
        /// Issuing authority in the document's own script.
        OrgAuthority = "orgAuthority",
        /// Address in the document's own script.
        OrgAddress = "orgAddress",
        /// Temporary address in the document's own script.
        OrgTemporaryAddress = "orgTemporaryAddress",
        /// Maiden name of the mother in the document's own script.
        OrgMothersMaidenName = "orgMothersMaidenName",
        /// Patronymic in the document's own script.
        OrgPatronymic = "orgPatronymic",
        /// Name at birth in the document's own script.
        OrgBirthName = "orgBirthName",
        /// Estimated age, such as `OVER_18`.
        AgeEstimate = "ageEstimate",
        /// How likely the client's address is a proxy.
        ClientIpProxyRiskLevel = "clientIpProxyRiskLevel",
        /// Address that a reviewer read.
        ManualAddress = "manualAddress",
    }
}
