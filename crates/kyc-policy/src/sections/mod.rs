//! What a policy says, section by section, with every word understood: groups expanded, durations in seconds.

mod governance;
mod verdict;

use std::borrow::Cow;

use jiff::tz::TimeZone;
use kyc_core::{
    AgeBounds, Country, CountrySet, DocumentSet, ExpiryTime, Extra, FaceThreshold, Flags, HttpsUrl, Locale,
    Nfc, Questionnaire, SessionLength, TokenType, VendorFields, VendorId,
};

use crate::client::ClientFields;
use crate::generated;
use crate::held::Held;
use crate::template::UrlTemplate;
use crate::vocabulary::words;

pub use governance::{
    Effective, Governance, Loosening, Reverify, ReverifyEvent, ReverifyEvents, RiskTier, SpecialGovernance,
};
pub use verdict::{AmlList, AmlOutcomes, Outcome, Verdict};

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
    pub delivery: Delivery,
    pub flags: Flags,
    pub questionnaire: Questionnaire,
    pub nfc: Nfc,
    pub extra: Extra,
    pub locale: Option<Locale>,
    pub client: ClientSection,
    pub verdict: Verdict,
    pub reuse: Reuse,
    /// IANA name of the zone whose calendar days count.
    pub timezone: Text,
    /// What few policies state.
    pub special: Held<Special>,
}

/// Sections that few policies state.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "each section is the policy file's section of that name")]
pub struct Special {
    pub webhook: Option<Webhook>,
    pub theme: Option<VendorId>,
    pub risk_profile: Option<VendorId>,
    pub registry_countries: CountrySet,
    pub face_threshold: Option<FaceThreshold>,
    pub vendor: VendorFields,
}

impl Special {
    /// What holds when nothing is said.
    pub const NONE: Self = Self {
        webhook: None,
        theme: None,
        risk_profile: None,
        registry_countries: CountrySet::EMPTY,
        face_threshold: None,
        vendor: VendorFields::proven(&[]),
    };
}

impl Default for Held<Special> {
    fn default() -> Self {
        Self::Static(const { &Special::NONE })
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
