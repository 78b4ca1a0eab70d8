//! The vendor's 63 request parameters: names on the wire, and the facts about each that need no policy.
//!
//! One row per parameter says its name, class, echo and bounds; the bounds are those of the type that holds the value
//! (`bounds.rs`). Where each fact comes from, and what was chosen where documents contradict each other, is in
//! `source.rs`. The published OpenAPI document of 2026-09-16 has exactly these parameters.

mod bounds;
mod source;

use bounds::{
    COUNTRY_CODE, COUNTRY_CODES, COUNTRY_LOCK, DATE, DOCUMENT_TYPES, FLAG, HTTPS_URL, STEP_DATA, STEPS, URL,
    UUID, decimal, number, text, words,
};

pub use bounds::{Bounds, Unit};
pub use source::Source;

/// What kind of value a parameter has, in the request and in its echo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// A text: a word, an address, an identifier or a date.
    Text,
    /// On or off. The vendor's document gives `utilityBill` no type at all; it is sent as one of these.
    Flag,
    /// A whole number.
    Whole,
    /// A number with a fraction.
    Decimal,
    /// Codes of countries or documents: a list, or one alone.
    Codes,
    /// A table.
    Object,
}

/// Whether a parameter's value belongs to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataClass {
    /// About the person being verified, or a reference to them. Never logged, kept or printed.
    Personal,
    /// Configuration.
    Plain,
}

/// How the vendor's answer is compared with what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Echo {
    /// A flag: `true` asks more of the person, so an echoed `false` is weaker.
    TrueIsStronger,
    /// A duration: a longer one than asked is weaker.
    LessIsStronger,
    /// A code or a list of codes: whatever was not asked for is weaker.
    Subset,
    /// A list of codes: whatever is missing of what was asked for is weaker.
    Superset,
    /// A value: any other one is weaker.
    Same,
    /// Given or not: an echoed null is weaker. The vendor rewrites such values (it upper-cases names).
    Given,
    /// Neither direction is weaker, or the server is known to answer with something else.
    Unordered,
    /// The vendor does not echo it, so nothing can be said.
    Never,
}

macro_rules! wire_fields {
    ($($variant:ident $name:literal $class:ident $echo:ident $bounds:expr,)+) => {
        /// A parameter of the vendor's token request.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "each variant is the vendor's parameter of that name")]
        pub enum WireField { $($variant,)+ }

        impl WireField {
            /// All parameters.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name on the wire, such as `expiryTime`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// `,"name":`, as it stands in a body. Names are ASCII letters, which JSON does not escape.
            pub(crate) const fn key(self) -> &'static str {
                match self { $(Self::$variant => concat!(",\"", $name, "\":"),)+ }
            }

            /// `,"name":true` or `,"name":false`, as it stands in a body.
            pub(crate) const fn switched(self, on: bool) -> &'static str {
                match (self, on) {
                    $((Self::$variant, true) => concat!(",\"", $name, "\":true"),)+
                    $((Self::$variant, false) => concat!(",\"", $name, "\":false"),)+
                }
            }

            /// What kind of value it has.
            pub const fn kind(self) -> ValueKind {
                self.bounds().kind()
            }

            /// Whether its value belongs to a person.
            pub const fn class(self) -> DataClass {
                match self { $(Self::$variant => DataClass::$class,)+ }
            }

            /// How its echo is compared with what was asked.
            pub const fn echo(self) -> Echo {
                match self { $(Self::$variant => Echo::$echo,)+ }
            }

            /// What its value may be.
            pub const fn bounds(self) -> Bounds {
                match self { $(Self::$variant => $bounds,)+ }
            }

            /// The parameter of exactly this wire name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

wire_fields! {
    ClientId "clientId" Personal Given text!(ClientId),
    TokenType "tokenType" Plain Same words!(TokenType),
    ExternalRef "externalRef" Personal Given text!(ExternalRef),
    FirstName "firstName" Personal Given text!(PersonName),
    LastName "lastName" Personal Given text!(PersonName),
    DateOfBirth "dateOfBirth" Personal Given DATE,
    DateOfExpiry "dateOfExpiry" Personal Given DATE,
    DateOfIssue "dateOfIssue" Personal Given DATE,
    Nationality "nationality" Personal Given COUNTRY_CODE,
    PersonalNumber "personalNumber" Personal Given text!(PersonalNumber),
    DocumentNumber "documentNumber" Personal Given text!(DocumentNumber),
    Sex "sex" Personal Given words!(Sex),
    Address "address" Personal Given text!(Address),
    Country "country" Plain Subset COUNTRY_LOCK,
    Documents "documents" Plain Subset DOCUMENT_TYPES,
    Locale "locale" Plain Unordered text!(Locale),
    ExpiryTime "expiryTime" Plain LessIsStronger number!(ExpiryTime, Seconds),
    SessionLength "sessionLength" Plain LessIsStronger number!(SessionLength, Seconds),
    SuccessUrl "successUrl" Plain Unordered URL,
    ErrorUrl "errorUrl" Plain Unordered URL,
    UnverifiedUrl "unverifiedUrl" Plain Unordered URL,
    CallbackUrl "callbackUrl" Plain Same HTTPS_URL,
    GenerateDigitString "generateDigitString" Plain Never FLAG,
    ShowInstructions "showInstructions" Plain Unordered FLAG,
    Questionnaire "questionnaire" Plain Same text!(QuestionnaireKey),
    QuestionnaireRequired "questionnaireRequired" Plain Never FLAG,
    UtilityBill "utilityBill" Plain TrueIsStronger FLAG,
    AdditionalSteps "additionalSteps" Plain Given STEPS,
    AdditionalData "additionalData" Personal Unordered STEP_DATA,
    RiskAssessmentProfile "riskAssessmentProfile" Plain Same UUID,
    Theme "theme" Plain Unordered UUID,
    RegistryCentersCountries "registryCentersCountries" Plain Superset COUNTRY_CODES,
    AgeLimit "ageLimit" Plain Never number!(Age, Years),
    AgeMax "ageMax" Plain Never number!(Age, Years),
    FaceMatchingThresholdModifier "faceMatchingThresholdModifier" Plain Same decimal!(FaceThreshold),
    ReviewSuccessful "reviewSuccessful" Plain TrueIsStronger FLAG,
    ReviewFailed "reviewFailed" Plain Unordered FLAG,
    VerifyEmail "verifyEmail" Plain TrueIsStronger FLAG,
    VerifyPhone "verifyPhone" Plain TrueIsStronger FLAG,
    VerifyBank "verifyBank" Plain TrueIsStronger FLAG,
    VerifyBankAccounts "verifyBankAccounts" Plain TrueIsStronger FLAG,
    VerifyBankBalances "verifyBankBalances" Plain TrueIsStronger FLAG,
    VerifyBankTransactions "verifyBankTransactions" Plain TrueIsStronger FLAG,
    VerifyAddress "verifyAddress" Plain TrueIsStronger FLAG,
    BankCardVerification "bankCardVerification" Plain TrueIsStronger FLAG,
    BankCardPdfUpload "bankCardPdfUpload" Plain Unordered FLAG,
    CheckAml "checkAml" Plain TrueIsStronger FLAG,
    CheckCriminal "checkCriminal" Plain TrueIsStronger FLAG,
    CheckLiveness "checkLiveness" Plain TrueIsStronger FLAG,
    CheckFaceBlacklist "checkFaceBlacklist" Plain TrueIsStronger FLAG,
    CheckDocFaceBlacklist "checkDocFaceBlacklist" Plain TrueIsStronger FLAG,
    CheckPersonBlacklist "checkPersonBlacklist" Plain TrueIsStronger FLAG,
    CheckDuplicateFaces "checkDuplicateFaces" Plain TrueIsStronger FLAG,
    CheckDuplicateDocFaces "checkDuplicateDocFaces" Plain TrueIsStronger FLAG,
    CheckDuplicatePersonalData "checkDuplicatePersonalData" Plain TrueIsStronger FLAG,
    CheckDriverLicense "checkDriverLicense" Plain TrueIsStronger FLAG,
    CheckLid "checkLid" Plain TrueIsStronger FLAG,
    CheckIpProxy "checkIpProxy" Plain TrueIsStronger FLAG,
    AutoAmlMonitoring "autoAmlMonitoring" Plain TrueIsStronger FLAG,
    AllowBsnMasking "allowBsnMasking" Plain Unordered FLAG,
    DriverLicenseBack "driverLicenseBack" Plain TrueIsStronger FLAG,
    NfcRequired "nfcRequired" Plain TrueIsStronger FLAG,
    NfcOptional "nfcOptional" Plain Never FLAG,
}

/// Parameters of older documents and of the vendor's other request dialect, with the names nested in it: recognised,
/// never sent.
pub const LEGACY_NAMES: &[&str] = &[
    "personScanRef",
    "videoCallQuestions",
    "fraudServices",
    "maxAttemptCount",
    "levenshteinTextMatchRatio",
    "levenshteinMrzMatchRatio",
    "checkUrjanet",
    "detectionTypes",
    "lifetime",
    "allowedCountries",
    "allowedDocuments",
    "client",
    "urls",
    "settings",
    "name",
    "surname",
    "failUrl",
    "webhookUrl",
    "verifyPoaAddress",
    "reviewFailedVerifications",
    "reviewSuccessfulVerifications",
    "tokenString",
    "dummyStatus",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_63_parameters_with_distinct_names() {
        let mut names: Vec<_> = WireField::ALL.iter().map(|field| field.name()).collect();
        assert_eq!(names.len(), 63);
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 63);
        for field in WireField::ALL {
            assert_eq!(WireField::from_name(field.name()), Some(*field));
            assert!(!LEGACY_NAMES.contains(&field.name()));
        }
    }

    #[test]
    fn what_is_compared_has_a_kind_that_can_be() {
        for field in WireField::ALL {
            let fits = match field.echo() {
                Echo::TrueIsStronger => field.kind() == ValueKind::Flag,
                Echo::LessIsStronger => field.kind() == ValueKind::Whole,
                Echo::Subset | Echo::Superset => field.kind() == ValueKind::Codes,
                Echo::Same => matches!(field.kind(), ValueKind::Text | ValueKind::Decimal),
                Echo::Given => matches!(field.kind(), ValueKind::Text | ValueKind::Object),
                Echo::Unordered | Echo::Never => true,
            };
            assert!(fits, "{field:?}");
            // The echo keeps no value of a person, so none could be compared.
            let is_kept = field.class() == DataClass::Plain;
            assert!(is_kept || matches!(field.echo(), Echo::Given | Echo::Unordered), "{field:?}");
        }
    }
}
