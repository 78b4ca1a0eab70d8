//! Tags that the vendor puts on results.

use crate::vocabulary::words;

words! {
    /// A fraud or mismatch tag of a result (published OpenAPI document, plus two legacy tags).
    #[expect(missing_docs, reason = "each variant is the vendor's tag of that name")]
    pub enum Tag {
        FaceInBlacklist = "FACE_IN_BLACKLIST",
        DocFaceInBlacklist = "DOC_FACE_IN_BLACKLIST",
        DataBlacklisted = "DATA_BLACKLISTED",
        DataInBlacklist = "DATA_IN_BLACKLIST",
        DuplicateFace = "DUPLICATE_FACE",
        DuplicateDocFace = "DUPLICATE_DOC_FACE",
        DuplicatePersonalData = "DUPLICATE_PERSONAL_DATA",
        VirtualCamera = "VIRTUAL_CAMERA",
        AddressUnverified = "ADDRESS_UNVERIFIED",
        PortraitSubstitution = "PORTRAIT_SUBSTITUTION",
        FaceSuspected = "FACE_SUSPECTED",
        FaceBlacklisted = "FACE_BLACKLISTED",
        DocFaceBlacklisted = "DOC_FACE_BLACKLISTED",
        DocMobilePhoto = "DOC_MOBILE_PHOTO",
        DevToolsOpened = "DEV_TOOLS_OPENED",
        DocPrintSpoofed = "DOC_PRINT_SPOOFED",
        FakePhoto = "FAKE_PHOTO",
        AmlSuspection = "AML_SUSPECTION",
        AmlFailed = "AML_FAILED",
        LidSuspection = "LID_SUSPECTION",
        LidFailed = "LID_FAILED",
        SanctionsSuspection = "SANCTIONS_SUSPECTION",
        SanctionsFailed = "SANCTIONS_FAILED",
        CriminalSuspected = "CRIMINAL_SUSPECTED",
        CriminalCheckFailed = "CRIMINAL_CHECK_FAILED",
        RcFailed = "RC_FAILED",
        DlFailed = "DL_FAILED",
        AutoUnverifiable = "AUTO_UNVERIFIABLE",
        UtilityAddressCheckFailure = "UTILITY_ADDRESS_CHECK_FAILURE",
        Name = "NAME",
        Surname = "SURNAME",
        DocumentNumber = "DOCUMENT_NUMBER",
        PersonalCode = "PERSONAL_CODE",
        ExpiryDate = "EXPIRY_DATE",
        DateOfBirth = "DATE_OF_BIRTH",
        DateOfIssue = "DATE_OF_ISSUE",
        Nationality = "NATIONALITY",
        Sex = "SEX",
        FullName = "FULL_NAME",
        DocInfoMismatch = "DOC_INFO_MISMATCH",
        UnderAge = "UNDER_AGE",
        OverAge = "OVER_AGE",
        UnknownAge = "UNKNOWN_AGE",
        UtilityAddress = "UTILITY_ADDRESS",
        UtilityName = "UTILITY_NAME",
        ExpiredUtilityBill = "EXPIRED_UTILITY_BILL",
        InvalidAdditionalStep = "INVALID_ADDITIONAL_STEP",
        AdditionalStepNotFound = "ADDITIONAL_STEP_NOT_FOUND",
        AdditionalStepInformationMismatch = "ADDITIONAL_STEP_INFORMATION_MISMATCH",
        ExpiredAdditionalStepInformation = "EXPIRED_ADDITIONAL_STEP_INFORMATION",
        RegistryCenterInfoMismatch = "REGISTRY_CENTER_INFO_MISMATCH",
        DriverLicenseInfoMismatch = "DRIVER_LICENSE_INFO_MISMATCH",
        NotSupportedPoaDocumentType = "NOT_SUPPORTED_POA_DOCUMENT_TYPE",
        NotSupportedPoaDocumentCountry = "NOT_SUPPORTED_POA_DOCUMENT_COUNTRY",
        PoaCountriesMismatch = "POA_COUNTRIES_MISMATCH",
        PoaScreenshotDetected = "POA_SCREENSHOT_DETECTED",
        GdcNotMatch = "GDC_NOT_MATCH",
    }
}

impl Tag {
    /// Tags that no policy may accept: sanctions, anti-money-laundering, blacklists, criminal records, spoofing.
    /// A policy set can add to them.
    pub const NEVER_ACCEPT: &'static [Self] = &[
        Self::FaceInBlacklist,
        Self::DocFaceInBlacklist,
        Self::DataBlacklisted,
        Self::DataInBlacklist,
        Self::FaceBlacklisted,
        Self::DocFaceBlacklisted,
        Self::VirtualCamera,
        Self::PortraitSubstitution,
        Self::DocPrintSpoofed,
        Self::FakePhoto,
        Self::AmlSuspection,
        Self::LidSuspection,
        Self::SanctionsSuspection,
        Self::CriminalSuspected,
    ];

    /// Whether no policy may accept the tag, whatever else it says.
    pub fn is_never_accepted(self) -> bool {
        self.is_not_performed() || Self::NEVER_ACCEPT.contains(&self)
    }

    /// Whether the tag says that a check was not performed.
    pub const fn is_not_performed(self) -> bool {
        matches!(self.as_str().as_bytes(), [.., b'_', b'F', b'A', b'I', b'L', b'E', b'D'])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_28_fraud_27_mismatch_and_2_legacy_tags() {
        assert_eq!(Tag::ALL.len(), 28 + 27 + 2);
    }
}
