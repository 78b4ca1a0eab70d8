//! What a policy says, section by section, with every word understood: groups expanded, durations in seconds.

use std::borrow::Cow;

use jiff::civil;
use jiff::tz::TimeZone;
use kyc_core::{
    AgeBounds, Country, CountrySet, DocumentSet, ExpiryTime, Extra, FaceThreshold, Flags, HttpsUrl, Locale,
    Nfc, Questionnaire, SessionLength, TokenType, VendorFields, VendorId,
};

use crate::client::ClientFields;
use crate::duration::Duration;
use crate::generated;
use crate::tags::Tag;
use crate::template::UrlTemplate;
use crate::vocabulary::words;

/// Text that a policy brings along.
pub type Text = Cow<'static, str>;

/// The sections of one policy.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "each section is the policy file's section of that name")]
pub struct Sections {
    pub name: Text,
    pub governance: Governance,
    pub countries: Countries,
    pub documents: Documents,
    pub country_lock: CountryLockMode,
    pub nationality: Screen,
    pub ip_country: Screen,
    pub age: AgeBounds,
    pub expiry: Expiry,
    pub token: Token,
    pub redirect: RedirectSection,
    pub webhook: Option<Webhook>,
    pub delivery: Delivery,
    pub flags: Flags,
    pub questionnaire: Questionnaire,
    pub nfc: Nfc,
    pub extra: Extra,
    pub theme: Option<VendorId>,
    pub risk_profile: Option<VendorId>,
    pub registry_countries: CountrySet,
    pub face_threshold: Option<FaceThreshold>,
    pub locale: Option<Locale>,
    pub vendor: VendorFields,
    pub client: ClientSection,
    pub verdict: Verdict,
    pub reuse: Reuse,
    /// IANA name of the zone whose calendar days count.
    pub timezone: Text,
}

/// Who answers for a policy, why it is so and how long: for people, outside the digest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is the policy file's key of that name")]
pub struct Governance {
    pub description: Option<Text>,
    pub owner: Option<Text>,
    pub rationale: Option<Text>,
    pub legal_basis: Option<Text>,
    pub review_by: Option<civil::Date>,
    pub risk_tier: Option<RiskTier>,
    /// The policy that this one extends.
    pub extends: Option<Text>,
    /// What may be looser than in that policy, sorted by key.
    pub loosen: Cow<'static, [Loosening]>,
    /// What policies further up may be looser in, as far as this one is no tighter, sorted by key.
    pub inherited_loosen: Cow<'static, [Loosening]>,
    /// First and last day on which tokens are issued under the policy.
    pub effective: Effective,
    /// Why people under 18 are accepted.
    pub minors: Option<Text>,
    pub reverify: Reverify,
}

/// Leave to be looser in one key than the policy that is extended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loosening {
    /// The key, such as `age` or `checks.liveness`.
    pub key: Text,
    /// Why it may be looser.
    pub reason: Text,
    /// The last day on which it may, in the set's time zone.
    pub until: civil::Date,
}

words! {
    /// How much risk a policy covers; the set caps by tier how seldom people are verified again.
    pub enum RiskTier {
        /// Simplified due diligence.
        Low = "low",
        /// Standard due diligence.
        Standard = "standard",
        /// Enhanced due diligence.
        High = "high",
    }
}

/// First and last day, both inclusive, in the set's time zone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is the policy file's key of that name")]
pub struct Effective {
    pub from: Option<civil::Date>,
    pub until: Option<civil::Date>,
}

/// When a person is verified again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is the policy file's key of that name")]
pub struct Reverify {
    pub every: Option<Duration>,
    pub on: Cow<'static, [ReverifyEvent]>,
}

words! {
    /// An event after which a person is verified again.
    pub enum ReverifyEvent {
        /// The document that was accepted has expired.
        DocumentExpiry = "document_expiry",
        /// The person's name has changed.
        NameChange = "name_change",
        /// The person's address has changed.
        AddressChange = "address_change",
        /// The person's nationality has changed.
        NationalityChange = "nationality_change",
        /// The policy has become stricter than the one the person was accepted under.
        PolicyChange = "policy_change",
    }
}

/// Issuing countries: a set, or everything but a set. `any` stays `any`, so a country that the vendor adds later
/// changes no digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Countries {
    /// These.
    Listed(CountrySet),
    /// All but these.
    AnyBut(CountrySet),
}

impl Countries {
    /// The countries as a set; usable in constants.
    pub const fn effective(self) -> CountrySet {
        match self {
            Self::Listed(set) => set,
            Self::AnyBut(except) => CountrySet::ALL.difference(except),
        }
    }
}

/// Document types by issuing country, over the types that a result can carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Documents {
    /// For every country without a row of its own; `None` if each country has one.
    pub default: Option<DocumentScope>,
    /// Rows of their own, sorted by country.
    pub rows: Cow<'static, [(Country, DocumentScope)]>,
    /// e-IDs and wallets that are accepted beside the documents.
    pub eid: DocumentSet,
}

/// The document types of one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DocumentScope {
    /// Every document but e-IDs.
    Any,
    /// These.
    Listed(DocumentSet),
}

impl DocumentScope {
    /// The document types as a set.
    pub fn effective(self) -> DocumentSet {
        match self {
            Self::Any => DocumentSet::PHYSICAL,
            Self::Listed(set) => set,
        }
    }
}

impl Documents {
    /// The row that holds for documents of `country`.
    pub fn row(&self, country: Country) -> Option<DocumentScope> {
        let own = self.rows.iter().find(|(of, _)| *of == country);
        own.map(|(_, scope)| *scope).or(self.default)
    }

    /// All rows that `countries` reach as one: what can be accepted from some country.
    pub fn union(&self, countries: Countries) -> DocumentScope {
        let reached = countries.effective().iter().filter_map(|country| self.row(country));
        // Countries that the vendor adds later have the row for all others.
        let open_ended = matches!(countries, Countries::AnyBut(_)).then_some(self.default).flatten();
        reached.chain(open_ended).fold(DocumentScope::Listed(DocumentSet::EMPTY), |all, scope| {
            match (all, scope) {
                (DocumentScope::Listed(all), DocumentScope::Listed(row)) => DocumentScope::Listed(all | row),
                _ => DocumentScope::Any,
            }
        })
    }
}

words! {
    /// How the vendor is told the countries.
    pub enum CountryLockMode {
        /// The client's document country, else the only country, else nothing.
        Auto = "auto",
        /// The client's document country, else the whole list.
        Array = "array",
        /// Nothing.
        Omit = "omit",
    }
}

/// Countries that a result is screened for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Screen {
    /// Outside the policy.
    pub deny: CountrySet,
    /// For a person to look at.
    pub review: CountrySet,
}

words! {
    /// What a policy makes of a result.
    pub enum Outcome {
        /// Passed.
        Accept = "accept",
        /// A person looks at it.
        Review = "review",
        /// Refused.
        Reject = "reject",
    }
}

impl Outcome {
    /// The words of the outcomes that let nobody pass.
    pub(crate) const STRICT: &'static [&'static str] = &[Self::Review.as_str(), Self::Reject.as_str()];
}

impl Outcome {
    /// The next milder one.
    pub(crate) const fn milder(self) -> Option<Self> {
        match self {
            Self::Accept => None,
            Self::Review => Some(Self::Accept),
            Self::Reject => Some(Self::Review),
        }
    }
}

impl Screen {
    /// Nobody is screened.
    pub const NONE: Self = Self { deny: CountrySet::EMPTY, review: CountrySet::EMPTY };
}

/// What is made of a document's expiry date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expiry {
    /// Documents without an expiry date.
    pub none: Outcome,
    /// Days that must remain on the day of verification.
    pub min_remaining_days: u32,
}

impl Expiry {
    /// What holds when nothing is said.
    pub const DEFAULT: Self = Self { none: Outcome::Review, min_remaining_days: 0 };
}

/// The session at the vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is the policy file's key of that name")]
pub struct Token {
    pub token_type: TokenType,
    pub expires_in: ExpiryTime,
    pub session_length: SessionLength,
}

impl Token {
    /// What holds when nothing is said.
    pub const DEFAULT: Self = Self {
        token_type: TokenType::Identification,
        expires_in: ExpiryTime::DEFAULT,
        session_length: SessionLength::DEFAULT,
    };
}

/// Where the client is sent afterwards.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is the policy file's key of that name")]
pub struct RedirectSection {
    pub success: Option<UrlTemplate>,
    pub error: Option<UrlTemplate>,
    pub unverified: Option<UrlTemplate>,
}

impl RedirectSection {
    /// The addresses that are given, with their keys.
    pub(crate) fn templates(&self) -> impl Iterator<Item = (&'static str, &UrlTemplate)> {
        let all = [
            ("redirect.success", &self.success),
            ("redirect.error", &self.error),
            ("redirect.unverified", &self.unverified),
        ];
        all.into_iter().filter_map(|(key, url)| Some((key, url.as_ref()?)))
    }
}

/// Where the vendor sends results of this policy's sessions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// The address.
    pub url: HttpsUrl,
    /// Why results may bypass our verdict, if they do.
    pub unjudged: Option<Text>,
}

words! {
    /// How the client gets to the vendor's pages.
    pub enum Delivery {
        /// The browser is sent there and back.
        Redirect = "redirect",
        /// The pages are shown in a frame of ours.
        Iframe = "iframe",
    }
}

/// What the caller brings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClientSection {
    /// Fields without which no token is issued; always holds the client id.
    pub require: ClientFields,
    /// Fields that may be given.
    pub accept: ClientFields,
    /// Whether a name is required; first or last name alone satisfies it, since people with one name exist.
    pub require_name: bool,
}

impl ClientSection {
    /// No field is taken.
    pub const NONE: Self =
        Self { require: ClientFields::EMPTY, accept: ClientFields::EMPTY, require_name: false };
}

/// What is made of a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Tags and lists without an entry of their own; `*_FAILED` tags and `pep` are then for review.
    pub default: Outcome,
    /// Facts outside matrix, age or expiry.
    pub outside: Outcome,
    /// Outcome by tag, sorted.
    pub tags: Cow<'static, [(Tag, Outcome)]>,
    /// Outcome by anti-money-laundering list, sorted.
    pub aml: Cow<'static, [(AmlList, Outcome)]>,
}

impl Verdict {
    /// What holds when nothing is said.
    pub const DEFAULT: Self = Self {
        default: Outcome::Review,
        outside: Outcome::Review,
        tags: Cow::Borrowed(&[]),
        aml: Cow::Borrowed(&[]),
    };

    /// What is made of a tag.
    pub fn outcome_of_tag(&self, tag: Tag) -> Outcome {
        let stated = self.tags.iter().find(|(of, _)| *of == tag).map(|(_, outcome)| *outcome);
        stated.unwrap_or_else(|| self.unstated_tag(tag))
    }

    /// What is made of a hit on a list.
    pub fn outcome_of_list(&self, list: AmlList) -> Outcome {
        let stated = self.aml.iter().find(|(of, _)| *of == list).map(|(_, outcome)| *outcome);
        stated.unwrap_or_else(|| self.unstated_list(list))
    }

    /// A tag without an entry; one that says that a check was not performed is for a person to look at.
    pub(crate) const fn unstated_tag(&self, tag: Tag) -> Outcome {
        if tag.is_not_performed() { Outcome::Review } else { self.default }
    }

    /// A list without an entry; exposure alone rejects nobody.
    pub(crate) const fn unstated_list(&self, list: AmlList) -> Outcome {
        if matches!(list, AmlList::Pep) { Outcome::Review } else { self.default }
    }
}

words! {
    /// What an anti-money-laundering check can hit.
    pub enum AmlList {
        /// Sanctions lists.
        Sanctions = "sanctions",
        /// Politically exposed persons.
        Pep = "pep",
        /// Adverse media.
        AdverseMedia = "adverse_media",
        /// Hits that the vendor's reviewers called false.
        FalsePositive = "false_positive",
    }
}

impl AmlList {
    /// What a policy may make of a hit: one on a sanctions list lets nobody pass, and nobody is refused for an office
    /// alone.
    pub const fn outcomes(self) -> &'static [Outcome] {
        match self {
            Self::Sanctions => &[Outcome::Review, Outcome::Reject],
            Self::Pep => &[Outcome::Accept, Outcome::Review],
            Self::AdverseMedia | Self::FalsePositive => Outcome::ALL,
        }
    }
}

words! {
    /// Whether an open session is used again.
    pub enum Reuse {
        /// Each request buys a session.
        Never = "never",
        /// An open session of the same caller, client, digest and data is returned.
        WhileOpen = "while_open",
    }
}

/// The zone of this name, which the check has found in the database.
pub(crate) fn zone_named(name: &str) -> TimeZone {
    if name == UTC { TimeZone::UTC } else { TimeZone::get(name).unwrap_or(TimeZone::UTC) }
}

impl Sections {
    /// The zone whose calendar days count. That the database knows it has been checked with the set.
    pub fn zone(&self) -> TimeZone {
        zone_named(&self.timezone)
    }

    /// Sections in which nothing was said.
    pub(crate) const fn silent() -> Self {
        generated::sections(&[])
    }
}

/// The zone that counts when the set names none.
pub const UTC: &str = "UTC";
