//! A token request: every value of this type is one that the vendor's documentation allows.
//!
//! The types of the fields make it so: each value is checked by its own constructor, and parameters that exclude or
//! need one another share one field. It is therefore built with plain struct syntax and needs no further check.

use std::borrow::Cow;
use std::fmt;

use thiserror::Error;

use crate::country::{Country, CountrySet};
use crate::date::Date;
use crate::document::{DocumentSet, DocumentType};
use crate::encode::EncodedSettings;
use crate::flags::Flags;
use crate::limits::{AgeBounds, ExpiryTime, FaceThreshold, SessionLength};
use crate::personal::Personal;
use crate::steps::{Extra, StepData};
use crate::text::{Address, ClientId, DocumentNumber, ExternalRef, PersonName, PersonalNumber};
use crate::vocabulary::text_of;
use crate::weburl::{HttpsUrl, WebUrl};
use crate::wire::{LEGACY_NAMES, WireField};
use crate::words::{Locale, QuestionnaireKey, Sex, TokenType, VendorId};

/// What a policy fixes of its requests. The default leaves everything to the account but what is always sent.
#[derive(Clone, Copy, Debug)]
pub struct Settings<'p> {
    /// What the session does.
    pub token_type: TokenType,
    /// How long the unused token stays valid.
    pub expiry_time: ExpiryTime,
    /// How long the client has once the session is open.
    pub session_length: SessionLength,
    /// Where the client is sent afterwards.
    pub redirect: Redirect<&'p WebUrl>,
    /// Where the vendor sends the result of this session; `None` for the account's own address.
    pub callback_url: Option<&'p HttpsUrl>,
    /// Ages outside which the vendor suspects the result.
    pub age: AgeBounds,
    /// The independent on/off parameters.
    pub flags: Flags,
    /// Questions asked before the document.
    pub questionnaire: &'p Questionnaire,
    /// Reading the chip of the document.
    pub nfc: Nfc,
    /// Further uploads.
    pub extra: &'p Extra,
    /// Look of the vendor's pages.
    pub theme: Option<&'p VendorId>,
    /// Risk assessment profile.
    pub risk_profile: Option<&'p VendorId>,
    /// Registries that are asked about the person, by country.
    pub registry_countries: CountrySet,
    /// How alike the faces must be.
    pub face_threshold: Option<FaceThreshold>,
    /// Language of the vendor's pages, if it is the same for all clients.
    pub locale: Option<&'p Locale>,
    /// Parameters newer than this release.
    pub vendor: &'p [VendorField],
}

impl Default for Settings<'_> {
    fn default() -> Self {
        Self {
            token_type: TokenType::default(),
            expiry_time: ExpiryTime::default(),
            session_length: SessionLength::default(),
            redirect: Redirect::default(),
            callback_url: None,
            age: AgeBounds::default(),
            flags: Flags::NONE,
            questionnaire: const { &Questionnaire::Account },
            nfc: Nfc::Account,
            extra: const { &Extra::Account },
            theme: None,
            risk_profile: None,
            registry_countries: CountrySet::EMPTY,
            face_threshold: None,
            locale: None,
            vendor: &[],
        }
    }
}

/// One request for a session token: `POST /api/v2/token`.
///
/// It holds personal data, so it neither prints nor serialises; [`TokenRequest::to_wire`] gives the body.
#[derive(Clone, Debug)]
pub struct TokenRequest {
    pub(crate) settings: EncodedSettings,
    /// The caller's identifier of the client.
    pub client_id: ClientId,
    /// Issuing countries that the session is locked to.
    pub country: Option<CountryLock>,
    /// Document types that can be chosen; `None` leaves them to the account.
    pub documents: Option<RequestedDocuments>,
    /// Where this client is sent afterwards; an address that the settings fix prevails.
    pub redirect: Redirect,
    /// Language of the vendor's pages; one that the settings fix prevails.
    pub locale: Option<Locale>,
    /// What the client is expected to have; sent only if the settings have steps.
    pub step_data: StepData,
    /// What the caller knows of the client: the vendor compares it with the document.
    pub person: Person,
    /// The caller's opaque reference.
    pub external_ref: Option<ExternalRef>,
}

impl TokenRequest {
    /// A request for this client, about whom nothing else is known.
    pub fn new(settings: EncodedSettings, client_id: ClientId) -> Self {
        Self {
            settings,
            client_id,
            country: None,
            documents: None,
            redirect: Redirect::default(),
            locale: None,
            step_data: StepData::default(),
            person: Person::default(),
            external_ref: None,
        }
    }
}

/// What the caller knows of the client. Whatever is given is compared with the document.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "each field is the vendor's parameter of that name")]
pub struct Person {
    pub first_name: Option<PersonName>,
    pub last_name: Option<PersonName>,
    pub date_of_birth: Option<Date>,
    pub nationality: Option<Personal<Country>>,
    pub document_number: Option<DocumentNumber>,
    pub personal_number: Option<PersonalNumber>,
    pub sex: Option<Personal<Sex>>,
    pub date_of_expiry: Option<Date>,
    pub date_of_issue: Option<Date>,
    pub address: Option<Address>,
}

/// Where the client is sent afterwards; `None` for the vendor's own page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Redirect<Url = WebUrl> {
    /// After success: `successUrl`.
    pub success: Option<Url>,
    /// After failure: `errorUrl`.
    pub error: Option<Url>,
    /// When the result is not known yet: `unverifiedUrl`.
    pub unverified: Option<Url>,
}

impl<Url> Default for Redirect<Url> {
    fn default() -> Self {
        Self { success: None, error: None, unverified: None }
    }
}

/// The issuing countries that a session is locked to: at least one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct CountryLock {
    set: CountrySet,
    array: bool,
    personal: bool,
}

impl CountryLock {
    /// One country, sent as a string: what every source documents.
    pub const fn one(country: Country) -> Self {
        Self { set: CountrySet::EMPTY.with(country), array: false, personal: false }
    }

    /// The country of the client's own document: a masked body does not show it.
    pub fn of_client(country: Personal<Country>) -> Self {
        Self { personal: true, ..Self::one(*country.expose()) }
    }

    /// A list, as the vendor's current guide shows it; `None` for an empty set.
    pub fn array(set: CountrySet) -> Option<Self> {
        (!set.is_empty()).then_some(Self { set, array: true, personal: false })
    }

    /// The countries; never empty.
    pub const fn countries(self) -> CountrySet {
        self.set
    }

    /// Whether it is the country of the client's own document.
    pub const fn is_personal(self) -> bool {
        self.personal
    }

    /// Whether it is sent as a list.
    pub const fn is_array(self) -> bool {
        self.array
    }
}

impl fmt::Debug for CountryLock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.personal {
            f.write_str("CountryLock(redacted)")
        } else {
            write!(f, "CountryLock({:?})", self.set)
        }
    }
}

/// Document types that can be chosen: at least one, and each can be requested.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct RequestedDocuments {
    set: DocumentSet,
    personal: bool,
}

impl RequestedDocuments {
    /// The part of `documents` that can be requested (an e-ID cannot), if there is any.
    pub fn of(documents: DocumentSet) -> Option<Self> {
        let requestable = documents & DocumentSet::REQUESTABLE;
        (!requestable.is_empty()).then_some(Self { set: requestable, personal: false })
    }

    /// The same types, marked as telling the country of the client's document: a masked body does not show them.
    #[must_use]
    pub const fn of_client(self) -> Self {
        Self { personal: true, ..self }
    }

    /// Whether the types tell the country of the client's document.
    pub const fn is_personal(self) -> bool {
        self.personal
    }

    /// The types; never empty.
    pub fn iter(self) -> impl Iterator<Item = DocumentType> {
        self.set.iter()
    }
}

impl fmt::Debug for RequestedDocuments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.personal {
            f.write_str("RequestedDocuments(redacted)")
        } else {
            fmt::Debug::fmt(&self.set, f)
        }
    }
}

/// Questions asked before the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Questionnaire {
    /// The account's default.
    #[default]
    Account,
    /// None, whatever the account's default is.
    None,
    /// This one.
    Key {
        /// Key of the template in the vendor's dashboard.
        key: QuestionnaireKey,
        /// Whether it must be answered; absent leaves the vendor's default, which is yes.
        required: Option<bool>,
    },
}

/// Reading the chip of the document: `nfcRequired` and `nfcOptional`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nfc {
    /// The account decides.
    #[default]
    Account,
    /// Not read.
    Off,
    /// Offered.
    Optional,
    /// Demanded.
    Required,
}

/// Why a parameter may not stand among the [`VendorFields`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum VendorFieldError {
    /// This release knows the parameter, or knows it as legacy: it has a home of its own or none.
    #[error("a parameter that this release knows")]
    Known,
    /// Not 1 to 64 ASCII letters, digits and underscores that begin with a letter.
    #[error("not a parameter name")]
    Malformed,
}

/// Parameters newer than this release, by their wire names. Never one that this release knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VendorFields(Cow<'static, [VendorField]>);

/// One parameter newer than this release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VendorField {
    name: Cow<'static, str>,
    json: Cow<'static, str>,
}

impl VendorField {
    /// For generated code: the macro has checked the value with this very library.
    #[doc(hidden)]
    pub const fn proven(name: &'static str, json: &'static str) -> Self {
        Self { name: Cow::Borrowed(name), json: Cow::Borrowed(json) }
    }

    /// The name on the wire.
    pub const fn name(&self) -> &str {
        text_of(&self.name)
    }

    /// The value in its canonical form (RFC 8785).
    pub const fn json(&self) -> &str {
        text_of(&self.json)
    }
}

impl VendorFields {
    /// The longest name, in characters.
    pub const MAX_NAME: usize = 64;

    /// For generated code: the macro has checked the value with this very library.
    #[doc(hidden)]
    pub const fn proven(fields: &'static [VendorField]) -> Self {
        Self(Cow::Borrowed(fields))
    }

    /// Adds a parameter; of two with one name the later prevails.
    ///
    /// # Errors
    ///
    /// The name is one that this release knows, or knows as legacy, or is no name at all.
    pub fn insert(&mut self, name: &str, value: &serde_json::Value) -> Result<(), VendorFieldError> {
        if WireField::from_name(name).is_some() || LEGACY_NAMES.contains(&name) {
            return Err(VendorFieldError::Known);
        }
        let is_name = name.len() <= Self::MAX_NAME
            && name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if !is_name {
            return Err(VendorFieldError::Malformed);
        }
        // A JSON value in memory always has a canonical form.
        let json = serde_json_canonicalizer::to_string(value).unwrap_or_else(|_| "null".to_owned());
        let fields = self.0.to_mut();
        fields.retain(|field| field.name != name);
        let place = fields.partition_point(|field| field.name.as_ref() < name);
        // A policy keeps its list for as long as it is loaded.
        fields.reserve_exact(1);
        fields.insert(place, VendorField { name: Cow::Owned(name.to_owned()), json: Cow::Owned(json) });
        Ok(())
    }

    /// The parameters as a slice, sorted by name; usable in constants.
    pub const fn as_slice(&self) -> &[VendorField] {
        match &self.0 {
            Cow::Borrowed(fields) => fields,
            Cow::Owned(fields) => fields.as_slice(),
        }
    }

    /// The parameters, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = &VendorField> {
        self.0.iter()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_of_further_parameters_are_words_that_nobody_knows() {
        let mut fields = VendorFields::default();
        for name in ["a", "brand_new", "brandNew2", &"x".repeat(VendorFields::MAX_NAME)] {
            assert_eq!(fields.insert(name, &json!(1)), Ok(()), "{name}");
        }
        for name in
            ["", "_new", "2nd", "brand-new", "brand new", "né", &"x".repeat(VendorFields::MAX_NAME + 1)]
        {
            assert_eq!(fields.insert(name, &json!(1)), Err(VendorFieldError::Malformed), "{name}");
        }
        for name in ["country", LEGACY_NAMES[0]] {
            assert_eq!(fields.insert(name, &json!(1)), Err(VendorFieldError::Known), "{name}");
        }
    }

    #[test]
    fn further_parameters_are_sorted_and_the_later_of_two_prevails() {
        let mut fields = VendorFields::default();
        for (name, value) in [("b", 1), ("c", 2), ("a", 3), ("b", 4)] {
            fields.insert(name, &json!(value)).unwrap();
        }
        let held: Vec<_> = fields.iter().map(|field| (field.name(), field.json())).collect();
        assert_eq!(held, [("a", "3"), ("b", "4"), ("c", "2")]);
    }
}
