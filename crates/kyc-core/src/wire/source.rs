//! Where the facts about each parameter come from, and which reading was chosen where documents contradict each other
//! or are silent. The vendor publishes no change log: its documents are named by what they are and when they said it.

use super::WireField;

/// Where the facts about a parameter come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The vendor's documents, and what each of them states.
    pub stated: &'static str,
    /// The reading that was chosen where they contradict each other or say nothing: the one that no document refuses.
    pub reading: Option<&'static str>,
}

/// The published OpenAPI document, archived on 2026-09-16.
macro_rules! openapi {
    ($($rest:literal)?) => {
        concat!("OpenAPI document 2026-09-16", $($rest)?)
    };
}

const fn stated(stated: &'static str) -> Source {
    Source { stated, reading: None }
}

const fn read(stated: &'static str, reading: &'static str) -> Source {
    Source { stated, reading: Some(reading) }
}

const NAME: Source = read(
    openapi!(": at most 100; documentation 2021-2023: 1 to 100, no digits, a list of marks"),
    "the longest list of marks, with the backslash and the backtick (which may be escapes of the page), and digits of \
     every script; any script passes, and so do `&`, apostrophe, hyphen, period and space",
);

const DATE: Source =
    read(openapi!(": a date"), "years of living people and their documents, which no document bounds");

const NUMBER_OF_PERSON: Source = stated(openapi!(": at most 50; documentation 2021-2023: at least 1"));

const REDIRECT: Source = read(
    openapi!(": a URI; documentation 2021-2023: 5 to 2048 characters"),
    "https, or http to this very machine; nothing that a browser would rewrite",
);

const UUID: Source = read(openapi!(": a UUID"), "lower case, so that one identifier has one spelling");

const AGE: Source = read(
    openapi!(": an integer; no document publishes bounds"),
    "1 to 150, and `ageLimit` not above `ageMax`; nobody has been older than 122",
);

const FLAG: Source = stated(openapi!(": a boolean; without it the account decides"));

const NFC: Source = read(
    openapi!(": a boolean; without it the account decides"),
    "`nfcRequired` and `nfcOptional` are sent together and are never both `true`",
);

impl WireField {
    /// Where its facts come from.
    pub const fn source(self) -> Source {
        match self {
            Self::ClientId => read(
                openapi!(": at most 100; later documentation: ASCII; error guide: not empty"),
                "printable ASCII, sent as a string; the integer of an old sample and the alias `personScanRef` are \
                 never sent",
            ),
            Self::TokenType => read(
                openapi!(
                    ": two words, required; guide and documentation: optional, three more words for video"
                ),
                "always sent, which satisfies both; the words for video are legacy and refused",
            ),
            Self::ExternalRef => read(
                openapi!(" and documentation: at most 40"),
                "an empty one is refused, and left out instead",
            ),
            Self::FirstName | Self::LastName => NAME,
            Self::DateOfBirth | Self::DateOfExpiry => DATE,
            Self::DateOfIssue => read(
                openapi!(": a string without a form; documentation 2021-2023: a date"),
                "a date, like the others",
            ),
            Self::Nationality => read(
                openapi!(": a string; later documentation: two letters, or `ALL`, which clears it"),
                "a known code in upper case; `ALL` is refused, since it clears the vendor's cross-check",
            ),
            Self::PersonalNumber | Self::DocumentNumber => NUMBER_OF_PERSON,
            Self::Sex => stated(openapi!(" and documentation: `M` or `F`, unlike the words of results")),
            Self::Address => read(
                openapi!(": no bound; all documentation: at most 255"),
                "the bound; an empty one is refused, and left out instead",
            ),
            Self::Country => read(
                openapi!(" and documentation: a string; guide 2026: a string or a list"),
                "one country is a string, which all accept; a list is sent only where a policy asks for it",
            ),
            Self::Documents => read(
                openapi!(
                    ": free strings; documentation July 2021, documentation 2021-2023 and the mobile SDK: three lists"
                ),
                "every type of some list; e-IDs and wallets are in none, and are never requested",
            ),
            Self::Locale => read(
                openapi!(": at most 7 characters; six lists of languages that differ"),
                "checked for form only: the server falls back to English, so none is refused for being unknown",
            ),
            Self::ExpiryTime => read(
                openapi!(": 0 to 2592000; documentation 2021-2023: above 0; defaults of 1 and of 24 hours"),
                "0 is refused, since no document says what it does; always sent, since the defaults differ",
            ),
            Self::SessionLength => read(
                openapi!(": 60 to 3600; documentation 2021-2023, read by the letter, excludes both ends"),
                "the ends are taken with a warning; always sent, since three defaults are documented",
            ),
            Self::SuccessUrl | Self::ErrorUrl | Self::UnverifiedUrl => REDIRECT,
            Self::CallbackUrl => read(
                openapi!(": a URI; documentation 2021-2023: https, and a permission of the account"),
                "https without exception, as long as the other addresses",
            ),
            Self::GenerateDigitString => read(
                openapi!(
                    ": a boolean; documentation 2021-2023: bounds `expiryTime` by an unpublished number"
                ),
                "the bound is left to the vendor",
            ),
            Self::ShowInstructions => stated(openapi!("; all documentation: `true` if absent")),
            Self::Questionnaire => read(
                openapi!(": a key, or null for none; no document publishes bounds"),
                "visible ASCII of at most 100 characters",
            ),
            Self::QuestionnaireRequired => stated(openapi!(": a boolean, `true` if absent")),
            Self::UtilityBill => read(
                openapi!("; documentation 2021-2023: not beside `additionalSteps`"),
                "not even `false` stands beside steps",
            ),
            Self::AdditionalSteps => read(
                openapi!(": an object; documentation 2021-2023: its levels and words"),
                "never null or empty; lengths of names and texts are our own, since no document publishes any",
            ),
            Self::AdditionalData => read(
                openapi!(
                    ": an object; documentation 2021-2023: only with `additionalSteps`, values are strings"
                ),
                "a value is as long as an address, the longest of such texts",
            ),
            Self::RiskAssessmentProfile | Self::Theme => UUID,
            Self::RegistryCentersCountries => read(
                openapi!(": strings"),
                "country codes, inferred from the registers that are named (HU, LT, US)",
            ),
            Self::AgeLimit | Self::AgeMax => AGE,
            Self::FaceMatchingThresholdModifier => read(
                openapi!(": a number; documentation 2021-2023: 1 if absent; no document publishes bounds"),
                "above 0, at most ten times the default, in thousandths, so that it has one exact form",
            ),
            Self::NfcRequired | Self::NfcOptional => NFC,
            Self::ReviewSuccessful
            | Self::ReviewFailed
            | Self::VerifyEmail
            | Self::VerifyPhone
            | Self::VerifyBank
            | Self::VerifyBankAccounts
            | Self::VerifyBankBalances
            | Self::VerifyBankTransactions
            | Self::VerifyAddress
            | Self::BankCardVerification
            | Self::BankCardPdfUpload
            | Self::CheckAml
            | Self::CheckCriminal
            | Self::CheckLiveness
            | Self::CheckFaceBlacklist
            | Self::CheckDocFaceBlacklist
            | Self::CheckPersonBlacklist
            | Self::CheckDuplicateFaces
            | Self::CheckDuplicateDocFaces
            | Self::CheckDuplicatePersonalData
            | Self::CheckDriverLicense
            | Self::CheckLid
            | Self::CheckIpProxy
            | Self::AutoAmlMonitoring
            | Self::AllowBsnMasking
            | Self::DriverLicenseBack => FLAG,
        }
    }
}
