//! What became of the document check.

use super::open_vocabulary::open_vocabulary;

open_vocabulary! {
    /// The result of the document check: `autoDocument` and `manualDocument`.
    ///
    /// The words of the vendor's OpenAPI document; a reviewer uses fewer of them than the automatic check.
    #[expect(missing_docs, reason = "each variant is the vendor's word of that name")]
    pub enum DocumentResult {
        Validated = "DOC_VALIDATED",
        InfoMismatch = "DOC_INFO_MISMATCH",
        NotFound = "DOC_NOT_FOUND",
        NotFullyVisible = "DOC_NOT_FULLY_VISIBLE",
        FaceNotFound = "DOC_FACE_NOT_FOUND",
        TooBlurry = "DOC_TOO_BLURRY",
        Glared = "DOC_GLARED",
        FaceGlared = "DOC_FACE_GLARED",
        MrzNotFound = "MRZ_NOT_FOUND",
        MrzOcrReadingError = "MRZ_OCR_READING_ERROR",
        BarcodeNotFound = "BARCODE_NOT_FOUND",
        Expired = "DOC_EXPIRED",
        NotSupported = "DOC_NOT_SUPPORTED",
        CountryNotSupported = "COUNTRY_NOT_SUPPORTED",
        CountryMismatch = "COUNTRY_MISMATCH",
        TypeMismatch = "DOC_TYPE_MISMATCH",
        SubtypeMismatch = "DOC_SUBTYPE_MISMATCH",
        SideMismatch = "DOC_SIDE_MISMATCH",
        Damaged = "DOC_DAMAGED",
        Fake = "DOC_FAKE",
        PersonalCodeInvalid = "DOC_PERSONAL_CODE_INVALID",
        NotAllowed = "DOC_NOT_ALLOWED",
        NameError = "DOC_NAME_ERROR",
        SurnameError = "DOC_SURNAME_ERROR",
        ExpiryError = "DOC_EXPIRY_ERROR",
        DobError = "DOC_DOB_ERROR",
        PersonalNumberError = "DOC_PERSONAL_NUMBER_ERROR",
        NumberError = "DOC_NUMBER_ERROR",
        DateOfIssueError = "DOC_DATE_OF_ISSUE_ERROR",
        SexError = "DOC_SEX_ERROR",
        NationalityError = "DOC_NATIONALITY_ERROR",
        NotAnalysed = "DOC_NOT_ANALYSED",
        Error = "DOC_ERROR",
        AutoUnverifiable = "AUTO_UNVERIFIABLE",
        SpoofDetected = "DOC_SPOOF_DETECTED",
        MrzInvalid = "MRZ_INVALID",
        EidFailed = "EID_FAILED",
        NfcInitFailed = "NFC_INIT_FAILED",
        NfcFailed = "NFC_FAILED",
        NfcTimeout = "NFC_TIMEOUT",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_40_known_words() {
        assert_eq!(DocumentResult::KNOWN.len(), 40);
        assert_eq!(DocumentResult::from_word("DOC_VALIDATED"), DocumentResult::Validated);
        assert!(
            matches!(DocumentResult::from_word("DOC_NEW"), DocumentResult::Other(word) if word == "DOC_NEW")
        );
    }
}
