//! The vendor's 63 request parameters: names on the wire, and the facts about each that need no policy.
//!
//! Source: the vendor's published OpenAPI document of 2026-09-16, whose request schema has exactly these.

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
    ($($variant:ident $name:literal $class:ident $echo:ident,)+) => {
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

            /// Whether its value belongs to a person.
            pub const fn class(self) -> DataClass {
                match self { $(Self::$variant => DataClass::$class,)+ }
            }

            /// How its echo is compared with what was asked.
            pub const fn echo(self) -> Echo {
                match self { $(Self::$variant => Echo::$echo,)+ }
            }

            /// The parameter of exactly this wire name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

wire_fields! {
    ClientId "clientId" Personal Given,
    TokenType "tokenType" Plain Same,
    ExternalRef "externalRef" Personal Given,
    FirstName "firstName" Personal Given,
    LastName "lastName" Personal Given,
    DateOfBirth "dateOfBirth" Personal Given,
    DateOfExpiry "dateOfExpiry" Personal Given,
    DateOfIssue "dateOfIssue" Personal Given,
    Nationality "nationality" Personal Given,
    PersonalNumber "personalNumber" Personal Given,
    DocumentNumber "documentNumber" Personal Given,
    Sex "sex" Personal Given,
    Address "address" Personal Given,
    Country "country" Plain Subset,
    Documents "documents" Plain Subset,
    Locale "locale" Plain Unordered,
    ExpiryTime "expiryTime" Plain LessIsStronger,
    SessionLength "sessionLength" Plain LessIsStronger,
    SuccessUrl "successUrl" Plain Unordered,
    ErrorUrl "errorUrl" Plain Unordered,
    UnverifiedUrl "unverifiedUrl" Plain Unordered,
    CallbackUrl "callbackUrl" Plain Same,
    GenerateDigitString "generateDigitString" Plain Never,
    ShowInstructions "showInstructions" Plain Unordered,
    Questionnaire "questionnaire" Plain Same,
    QuestionnaireRequired "questionnaireRequired" Plain Never,
    UtilityBill "utilityBill" Plain TrueIsStronger,
    AdditionalSteps "additionalSteps" Plain Given,
    AdditionalData "additionalData" Personal Unordered,
    RiskAssessmentProfile "riskAssessmentProfile" Plain Same,
    Theme "theme" Plain Unordered,
    RegistryCentersCountries "registryCentersCountries" Plain Superset,
    AgeLimit "ageLimit" Plain Never,
    AgeMax "ageMax" Plain Never,
    FaceMatchingThresholdModifier "faceMatchingThresholdModifier" Plain Same,
    ReviewSuccessful "reviewSuccessful" Plain TrueIsStronger,
    ReviewFailed "reviewFailed" Plain Unordered,
    VerifyEmail "verifyEmail" Plain TrueIsStronger,
    VerifyPhone "verifyPhone" Plain TrueIsStronger,
    VerifyBank "verifyBank" Plain TrueIsStronger,
    VerifyBankAccounts "verifyBankAccounts" Plain TrueIsStronger,
    VerifyBankBalances "verifyBankBalances" Plain TrueIsStronger,
    VerifyBankTransactions "verifyBankTransactions" Plain TrueIsStronger,
    VerifyAddress "verifyAddress" Plain TrueIsStronger,
    BankCardVerification "bankCardVerification" Plain TrueIsStronger,
    BankCardPdfUpload "bankCardPdfUpload" Plain Unordered,
    CheckAml "checkAml" Plain TrueIsStronger,
    CheckCriminal "checkCriminal" Plain TrueIsStronger,
    CheckLiveness "checkLiveness" Plain TrueIsStronger,
    CheckFaceBlacklist "checkFaceBlacklist" Plain TrueIsStronger,
    CheckDocFaceBlacklist "checkDocFaceBlacklist" Plain TrueIsStronger,
    CheckPersonBlacklist "checkPersonBlacklist" Plain TrueIsStronger,
    CheckDuplicateFaces "checkDuplicateFaces" Plain TrueIsStronger,
    CheckDuplicateDocFaces "checkDuplicateDocFaces" Plain TrueIsStronger,
    CheckDuplicatePersonalData "checkDuplicatePersonalData" Plain TrueIsStronger,
    CheckDriverLicense "checkDriverLicense" Plain TrueIsStronger,
    CheckLid "checkLid" Plain TrueIsStronger,
    CheckIpProxy "checkIpProxy" Plain TrueIsStronger,
    AutoAmlMonitoring "autoAmlMonitoring" Plain TrueIsStronger,
    AllowBsnMasking "allowBsnMasking" Plain Unordered,
    DriverLicenseBack "driverLicenseBack" Plain TrueIsStronger,
    NfcRequired "nfcRequired" Plain TrueIsStronger,
    NfcOptional "nfcOptional" Plain Never,
}

/// Parameters of older documents and of the vendor's other request dialect: recognised, never sent.
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
}
