//! The vendor's 63 request parameters: names on the wire, and the facts about each that need no policy.
//!
//! Source: the vendor's published OpenAPI document of 2026-09-16, whose request schema has exactly these.

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
    ($($variant:ident $name:literal $kind:ident $class:ident $echo:ident,)+) => {
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

            /// What kind of value it has.
            pub const fn kind(self) -> ValueKind {
                match self { $(Self::$variant => ValueKind::$kind,)+ }
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
    ClientId "clientId" Text Personal Given,
    TokenType "tokenType" Text Plain Same,
    ExternalRef "externalRef" Text Personal Given,
    FirstName "firstName" Text Personal Given,
    LastName "lastName" Text Personal Given,
    DateOfBirth "dateOfBirth" Text Personal Given,
    DateOfExpiry "dateOfExpiry" Text Personal Given,
    DateOfIssue "dateOfIssue" Text Personal Given,
    Nationality "nationality" Text Personal Given,
    PersonalNumber "personalNumber" Text Personal Given,
    DocumentNumber "documentNumber" Text Personal Given,
    Sex "sex" Text Personal Given,
    Address "address" Text Personal Given,
    Country "country" Codes Plain Subset,
    Documents "documents" Codes Plain Subset,
    Locale "locale" Text Plain Unordered,
    ExpiryTime "expiryTime" Whole Plain LessIsStronger,
    SessionLength "sessionLength" Whole Plain LessIsStronger,
    SuccessUrl "successUrl" Text Plain Unordered,
    ErrorUrl "errorUrl" Text Plain Unordered,
    UnverifiedUrl "unverifiedUrl" Text Plain Unordered,
    CallbackUrl "callbackUrl" Text Plain Same,
    GenerateDigitString "generateDigitString" Flag Plain Never,
    ShowInstructions "showInstructions" Flag Plain Unordered,
    Questionnaire "questionnaire" Text Plain Same,
    QuestionnaireRequired "questionnaireRequired" Flag Plain Never,
    UtilityBill "utilityBill" Flag Plain TrueIsStronger,
    AdditionalSteps "additionalSteps" Object Plain Given,
    AdditionalData "additionalData" Object Personal Unordered,
    RiskAssessmentProfile "riskAssessmentProfile" Text Plain Same,
    Theme "theme" Text Plain Unordered,
    RegistryCentersCountries "registryCentersCountries" Codes Plain Superset,
    AgeLimit "ageLimit" Whole Plain Never,
    AgeMax "ageMax" Whole Plain Never,
    FaceMatchingThresholdModifier "faceMatchingThresholdModifier" Decimal Plain Same,
    ReviewSuccessful "reviewSuccessful" Flag Plain TrueIsStronger,
    ReviewFailed "reviewFailed" Flag Plain Unordered,
    VerifyEmail "verifyEmail" Flag Plain TrueIsStronger,
    VerifyPhone "verifyPhone" Flag Plain TrueIsStronger,
    VerifyBank "verifyBank" Flag Plain TrueIsStronger,
    VerifyBankAccounts "verifyBankAccounts" Flag Plain TrueIsStronger,
    VerifyBankBalances "verifyBankBalances" Flag Plain TrueIsStronger,
    VerifyBankTransactions "verifyBankTransactions" Flag Plain TrueIsStronger,
    VerifyAddress "verifyAddress" Flag Plain TrueIsStronger,
    BankCardVerification "bankCardVerification" Flag Plain TrueIsStronger,
    BankCardPdfUpload "bankCardPdfUpload" Flag Plain Unordered,
    CheckAml "checkAml" Flag Plain TrueIsStronger,
    CheckCriminal "checkCriminal" Flag Plain TrueIsStronger,
    CheckLiveness "checkLiveness" Flag Plain TrueIsStronger,
    CheckFaceBlacklist "checkFaceBlacklist" Flag Plain TrueIsStronger,
    CheckDocFaceBlacklist "checkDocFaceBlacklist" Flag Plain TrueIsStronger,
    CheckPersonBlacklist "checkPersonBlacklist" Flag Plain TrueIsStronger,
    CheckDuplicateFaces "checkDuplicateFaces" Flag Plain TrueIsStronger,
    CheckDuplicateDocFaces "checkDuplicateDocFaces" Flag Plain TrueIsStronger,
    CheckDuplicatePersonalData "checkDuplicatePersonalData" Flag Plain TrueIsStronger,
    CheckDriverLicense "checkDriverLicense" Flag Plain TrueIsStronger,
    CheckLid "checkLid" Flag Plain TrueIsStronger,
    CheckIpProxy "checkIpProxy" Flag Plain TrueIsStronger,
    AutoAmlMonitoring "autoAmlMonitoring" Flag Plain TrueIsStronger,
    AllowBsnMasking "allowBsnMasking" Flag Plain Unordered,
    DriverLicenseBack "driverLicenseBack" Flag Plain TrueIsStronger,
    NfcRequired "nfcRequired" Flag Plain TrueIsStronger,
    NfcOptional "nfcOptional" Flag Plain Never,
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
