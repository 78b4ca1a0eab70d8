//! The field table: every key of a policy, and what is known about it. It drives which keys are known, the on/off
//! keys, `must_state`, and (with the order of policies) which direction is stricter. What its parameters take, and
//! where that is stated, is said by [`WireField`].

use std::collections::HashMap;
use std::sync::LazyLock;

use kyc_core::Flag;
use kyc_core::wire::WireField;

use crate::client::ClientField;
use crate::form::{ANY, Form, LINE, PARAGRAPH, REASON};
use crate::lower::NfcWord;
use crate::sections::{CountryLockMode, Delivery, Outcome, Reuse, ReverifyEvent, RiskTier};

/// What a key takes: for the lowering of on/off keys, the schema, and the formatter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A section with keys of its own.
    Section,
    /// A section with keys of its own, or in its place something short.
    SectionOr(Form),
    /// `true`, `false` or `account`.
    Flag(Flag),
    /// What the vendor's parameter takes; a length of time is written with its unit, such as `10m`.
    Parameter,
    /// Something of the policy language's own.
    Own(Form),
}

impl Shape {
    /// Whether keys of the table stand under it.
    pub const fn is_section(self) -> bool {
        matches!(self, Self::Section | Self::SectionOr(_))
    }
}

/// In which direction a key is stricter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Part of what is accepted: a smaller set is tighter.
    Acceptance,
    /// `true` demands more of the person than silence, silence more than `false`.
    TrueIsTighter,
    /// More of it demands more of the person.
    MoreIsTighter,
    /// Compared only for equality: nobody can say which is stricter.
    Changed,
    /// How sessions run; never decides who gets in.
    Operational,
    /// Where people and results are sent.
    Routing,
    /// Looks and words.
    Cosmetic,
    /// Who answers for the policy, why and until when.
    Governance,
}

/// Whether a key makes the vendor collect more about a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Data {
    /// Nothing further is collected.
    None,
    /// Personal data is collected or looked up.
    Collects,
}

/// How it can be seen afterwards that the key was in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// A field of the result.
    Result,
    /// The vendor's answer to the token request shows it.
    Echo,
    /// Only a tag, and only if something was found.
    TagsOnly,
    /// It is ours: the vendor never sees it.
    Ours,
    /// Requested, and nothing shows it.
    NotObservable,
}

/// One key of a policy.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The key with its section, such as `checks.liveness`.
    pub key: &'static str,
    /// The vendor's parameters that it decides for all clients; what each client brings is in
    /// [`ClientField::facts`].
    pub wire: &'static [WireField],
    /// What it takes.
    pub shape: Shape,
    /// In which direction it is stricter.
    pub direction: Direction,
    /// Whether it collects personal data.
    pub data: Data,
    /// How it can be seen to be in force.
    pub evidence: Evidence,
    /// What it means.
    pub meaning: &'static str,
}

impl Field {
    /// The section, or the key itself at the top level.
    pub fn section(&self) -> &'static str {
        self.key.split_once('.').map_or(self.key, |(section, _)| section)
    }

    /// The field of this key.
    pub fn find(key: &str) -> Option<&'static Self> {
        FIELDS.iter().find(|field| field.key == key)
    }

    /// Every on/off key with its flag.
    pub fn flags() -> impl Iterator<Item = (&'static str, Flag)> + Clone {
        FIELDS.iter().filter_map(|field| match field.shape {
            Shape::Flag(flag) => Some((field.key, flag)),
            _ => None,
        })
    }

    /// The key that states a parameter of the vendor for all clients; `None` if each client brings it.
    pub fn of(parameter: WireField) -> Option<&'static Self> {
        FIELDS.iter().find(|field| field.wire.contains(&parameter))
    }

    /// Where policies state what the vendor's parameter of this wire name says, in words.
    pub fn home_of(wire: &str) -> Option<String> {
        let parameter = WireField::from_name(wire)?;
        if let Some(field) = Self::of(parameter) {
            return Some(format!("write it as `{}`", field.key));
        }
        let name = ClientField::of(parameter)?;
        Some(format!("it comes with each client, as the client field `{name}`"))
    }

    /// The last part of each key directly under `section` (empty for the top level).
    pub fn keys_under(section: &str) -> impl Iterator<Item = &'static str> + Clone {
        Self::under(section).iter().map(|(key, _)| *key)
    }

    /// The fields directly under `section`, each with the last part of its key.
    pub(crate) fn under(section: &str) -> &'static [(&'static str, &'static Self)] {
        SECTIONS.get(section).map_or(&[], Vec::as_slice)
    }
}

/// The fields by the section that they stand in.
static SECTIONS: LazyLock<HashMap<&str, Vec<(&str, &Field)>>> = LazyLock::new(|| {
    let mut sections: HashMap<_, Vec<_>> = HashMap::new();
    for field in FIELDS {
        let (section, key) = field.key.split_once('.').unwrap_or(("", field.key));
        sections.entry(section).or_default().push((key, field));
    }
    sections
});

macro_rules! field {
    ($key:literal, [$($wire:ident),*], $shape:expr, $direction:ident, $data:ident, $evidence:ident, $meaning:literal) => {
        Field {
            key: $key,
            wire: &[$(WireField::$wire),*],
            shape: $shape,
            direction: Direction::$direction,
            data: Data::$data,
            evidence: Evidence::$evidence,
            meaning: $meaning,
        }
    };
}

macro_rules! flag {
    ($key:literal, $flag:ident, $direction:ident, $data:ident, $evidence:ident, $meaning:literal) => {
        field!($key, [$flag], Shape::Flag(Flag::$flag), $direction, $data, $evidence, $meaning)
    };
}

use Shape::{Own, Parameter, Section, SectionOr};

/// Keys without which a document or a section is none, each with what to do.
pub(crate) const MANDATORY: [(&str, &str); 5] = [
    ("name", "name the policy; a file's is its own name without `.yaml`"),
    ("countries", "name the issuing countries, or write `any`"),
    ("documents", "name the document types, or write `any`"),
    ("minors.rationale", "say why minors are accepted"),
    ("webhook.url", "write the https address"),
];

/// Every key of a policy.
#[rustfmt::skip]
pub static FIELDS: &[Field] = &[
    field!("name", [], Own(Form::Name), Governance, None, Ours, "name of the policy; equals the file's stem"),
    field!("description", [], Own(Form::Text(LINE)), Cosmetic, None, Ours, "one sentence for people"),
    field!("owner", [], Own(Form::Text(LINE)), Governance, None, Ours, "who answers for the policy"),
    field!("rationale", [], Own(Form::Text(PARAGRAPH)), Governance, None, Ours, "why the policy is as it is"),
    field!("legal_basis", [], Own(Form::Text(PARAGRAPH)), Governance, None, Ours, "the law that asks for it"),
    field!("review_by", [], Own(Form::Day), Governance, None, Ours, "day by which somebody looks at the policy again"),
    field!("risk_tier", [], Own(Form::Word(RiskTier::WRITTEN)), Governance, None, Ours, "how much risk the policy covers"),
    field!("extends", [], Own(Form::Parent), Governance, None, Ours, "policy of the folder whose keys hold where this one states nothing else"),
    field!("loosen", [], Own(Form::Loosen), Governance, None, Ours, "keys that may be looser than in the policy that is extended"),
    field!("effective", [], Section, Governance, None, Ours, "days on which tokens are issued under the policy"),
    field!("effective.from", [], Own(Form::Day), Governance, None, Ours, "first day"),
    field!("effective.until", [], Own(Form::Day), Governance, None, Ours, "last day"),
    field!("countries", [Country], Own(Form::Countries), Acceptance, None, Result, "issuing countries of the document"),
    field!("documents", [Documents], Own(Form::Documents), Acceptance, None, Result, "document types, as results name them"),
    field!("eid", [], Own(Form::Eids), Acceptance, None, Result, "e-IDs and wallets accepted beside documents"),
    field!("country_lock", [], Own(Form::Word(CountryLockMode::WRITTEN)), Operational, None, Echo, "how the vendor is told the countries"),
    field!("nationality", [], Section, Acceptance, None, Result, "nationalities that are refused or looked at"),
    field!("nationality.deny", [], Own(Form::CountryList), Acceptance, None, Result, "nationalities outside the policy"),
    field!("nationality.review", [], Own(Form::CountryList), Acceptance, None, Result, "nationalities that a person looks at"),
    field!("ip_country", [], Section, Acceptance, None, Result, "countries of the client's address on the internet"),
    field!("ip_country.deny", [], Own(Form::CountryList), Acceptance, None, Result, "countries outside the policy"),
    field!("ip_country.review", [], Own(Form::CountryList), Acceptance, None, Result, "countries that a person looks at"),
    field!("age", [], SectionOr(Form::Word(&[ANY])), Acceptance, None, Result, "age in whole years on the day of verification, or `any`"),
    field!("age.min", [AgeLimit], Parameter, Acceptance, None, Result, "youngest age that passes"),
    field!("age.max", [AgeMax], Parameter, Acceptance, None, Result, "oldest age that passes"),
    field!("minors", [], Section, Governance, None, Ours, "people under 18"),
    field!("minors.rationale", [], Own(Form::Text(PARAGRAPH)), Governance, None, Ours, "why people under 18 are accepted"),
    field!("expiry", [], Section, Acceptance, None, Result, "expiry date of the document"),
    field!("expiry.none", [], Own(Form::Word(Outcome::WRITTEN)), Acceptance, None, Result, "documents without an expiry date"),
    field!("expiry.min_remaining", [], Own(Form::WholeDays), Acceptance, None, Result, "how long the document must still be valid"),
    field!("token", [], Section, Operational, None, Echo, "the session at the vendor"),
    field!("token.type", [TokenType], Parameter, Acceptance, None, Echo, "document and selfie, or document only"),
    field!("token.expires_in", [ExpiryTime], Parameter, Operational, None, Echo, "how long the unused token stays valid"),
    field!("token.session_length", [SessionLength], Parameter, Operational, None, Echo, "how long the client has"),
    flag!("token.digit_code", GenerateDigitString, Operational, None, Result, "a code for the vendor's mobile application"),
    field!("redirect", [], Section, Routing, None, NotObservable, "where the client is sent afterwards"),
    field!("redirect.success", [SuccessUrl], Parameter, Routing, None, NotObservable, "after success"),
    field!("redirect.error", [ErrorUrl], Parameter, Routing, None, NotObservable, "after failure"),
    field!("redirect.unverified", [UnverifiedUrl], Parameter, Routing, None, NotObservable, "when the result is not known yet"),
    field!("webhook", [CallbackUrl], SectionOr(Form::Address), Routing, None, Echo, "where the vendor sends results"),
    field!("webhook.url", [], Own(Form::Address), Routing, None, Echo, "the address"),
    field!("webhook.unjudged", [], Own(Form::Text(REASON)), Routing, None, Ours, "why results may bypass our verdict"),
    field!("delivery", [], Own(Form::Word(Delivery::WRITTEN)), Routing, None, Ours, "how the client gets to the vendor's pages"),
    field!("reuse", [], Own(Form::Word(Reuse::WRITTEN)), Operational, None, Ours, "whether an open session is used again"),
    field!("manual_review", [], Section, Acceptance, None, Echo, "people at the vendor look at results"),
    flag!("manual_review.successful", ReviewSuccessful, TrueIsTighter, None, Result, "the vendor's people look at results that passed"),
    flag!("manual_review.failed", ReviewFailed, Changed, None, Result, "the vendor's people look at results that failed"),
    field!("questionnaire", [Questionnaire], Own(Form::Questionnaire), MoreIsTighter, Collects, Result, "questions before the document"),
    field!("questionnaire_required", [QuestionnaireRequired], Own(Form::Switch), MoreIsTighter, None, NotObservable, "whether the questionnaire must be answered"),
    field!("checks", [], Section, TrueIsTighter, Collects, Result, "checks beside document and face"),
    flag!("checks.aml", CheckAml, TrueIsTighter, Collects, Result, "anti-money-laundering lists"),
    flag!("checks.criminal", CheckCriminal, TrueIsTighter, Collects, Result, "criminal records"),
    flag!("checks.liveness", CheckLiveness, TrueIsTighter, Collects, Echo, "a living person before the camera"),
    flag!("checks.face_blacklist", CheckFaceBlacklist, TrueIsTighter, Collects, TagsOnly, "the selfie against the account's blocked faces"),
    flag!("checks.doc_face_blacklist", CheckDocFaceBlacklist, TrueIsTighter, Collects, TagsOnly, "the document's photo against blocked faces"),
    flag!("checks.person_blacklist", CheckPersonBlacklist, TrueIsTighter, Collects, TagsOnly, "the person against the account's blocked people"),
    flag!("checks.duplicate_faces", CheckDuplicateFaces, TrueIsTighter, Collects, TagsOnly, "the selfie against earlier ones"),
    flag!("checks.duplicate_doc_faces", CheckDuplicateDocFaces, TrueIsTighter, Collects, TagsOnly, "the document's photo against earlier ones"),
    flag!("checks.duplicate_personal_data", CheckDuplicatePersonalData, TrueIsTighter, Collects, TagsOnly, "personal data against earlier sessions"),
    flag!("checks.driver_license", CheckDriverLicense, TrueIsTighter, Collects, Result, "driving licence registers"),
    flag!("checks.lid", CheckLid, TrueIsTighter, Collects, Result, "lost and invalid documents"),
    flag!("checks.ip_proxy", CheckIpProxy, TrueIsTighter, Collects, Result, "proxies and anonymisers"),
    field!("verify", [], Section, TrueIsTighter, Collects, Result, "contact, bank and address verification"),
    flag!("verify.email", VerifyEmail, TrueIsTighter, Collects, Result, "an e-mail address"),
    flag!("verify.phone", VerifyPhone, TrueIsTighter, Collects, Result, "a telephone number"),
    flag!("verify.bank", VerifyBank, TrueIsTighter, Collects, Result, "a bank"),
    flag!("verify.bank_accounts", VerifyBankAccounts, TrueIsTighter, Collects, Result, "bank accounts"),
    flag!("verify.bank_balances", VerifyBankBalances, TrueIsTighter, Collects, Result, "balances of bank accounts"),
    flag!("verify.bank_transactions", VerifyBankTransactions, TrueIsTighter, Collects, Result, "transactions of bank accounts"),
    flag!("verify.address", VerifyAddress, TrueIsTighter, Collects, Result, "the postal address"),
    field!("bank_card", [], Section, TrueIsTighter, Collects, Result, "bank card"),
    flag!("bank_card.verification", BankCardVerification, TrueIsTighter, Collects, Result, "a photo of a bank card is compared"),
    flag!("bank_card.pdf_upload", BankCardPdfUpload, Changed, None, NotObservable, "a PDF is taken in place of a photo"),
    flag!("auto_aml_monitoring", AutoAmlMonitoring, TrueIsTighter, Collects, Echo, "anti-money-laundering lists are watched after the session"),
    flag!("allow_bsn_masking", AllowBsnMasking, Changed, None, NotObservable, "the Dutch citizen number may be covered"),
    flag!("driver_license_back", DriverLicenseBack, TrueIsTighter, Collects, Echo, "the back of a driving licence is photographed"),
    flag!("show_instructions", ShowInstructions, Cosmetic, None, NotObservable, "instructions before the camera opens"),
    field!("nfc", [NfcRequired, NfcOptional], Own(Form::WordOrAccount(NfcWord::WRITTEN)), MoreIsTighter, Collects, Result, "reading the chip of the document"),
    field!("utility_bill", [UtilityBill], Own(Form::SwitchOrAccount), TrueIsTighter, Collects, Result, "the vendor's ready-made proof of address"),
    field!("steps", [AdditionalSteps], Own(Form::Steps), MoreIsTighter, Collects, Result, "further uploads"),
    field!("theme", [Theme], Parameter, Cosmetic, None, NotObservable, "look of the vendor's pages"),
    field!("risk_profile", [RiskAssessmentProfile], Parameter, Changed, None, Echo, "the vendor's risk assessment profile"),
    field!("registry_countries", [RegistryCentersCountries], Own(Form::CountryList), MoreIsTighter, Collects, Result, "registers that are asked about the person"),
    field!("face_threshold", [FaceMatchingThresholdModifier], Parameter, Changed, None, Echo, "how alike the faces must be"),
    field!("locale", [Locale], Parameter, Cosmetic, None, NotObservable, "language of the vendor's pages"),
    field!("client", [], Section, MoreIsTighter, Collects, Echo, "what the caller brings about the client"),
    field!("client.require", [], Own(Form::ClientFields), MoreIsTighter, Collects, Echo, "fields without which no token is issued"),
    field!("client.accept", [], Own(Form::ClientFields), MoreIsTighter, Collects, Echo, "fields that may be given"),
    field!("verdict", [], Section, Acceptance, None, Ours, "what is made of a result"),
    field!("verdict.default", [], Own(Form::Word(Outcome::STRICT)), Acceptance, None, Ours, "tags without an entry of their own"),
    field!("verdict.outside", [], Own(Form::Word(Outcome::STRICT)), Acceptance, None, Ours, "facts outside countries, documents, age or expiry"),
    field!("verdict.tags", [], Own(Form::TagOutcomes), Acceptance, None, Ours, "outcome by tag"),
    field!("verdict.aml", [], Own(Form::AmlOutcomes), Acceptance, None, Ours, "outcome by anti-money-laundering list"),
    field!("reverify", [], Section, Governance, None, Ours, "when a person is verified again"),
    field!("reverify.every", [], Own(Form::Interval), Governance, None, Ours, "longest time between verifications"),
    field!("reverify.on", [], Own(Form::Words(ReverifyEvent::WRITTEN)), Governance, None, Ours, "events after which a person is verified again"),
    field!("vendor", [], Own(Form::Vendor), Changed, None, NotObservable, "escape hatch for new parameters of the vendor"),
];
