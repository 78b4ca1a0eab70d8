//! The wire form of a request. What a policy fixes is encoded once, when the policy is loaded; a request appends what
//! its client brings. Same request, same bytes.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Write;
use std::sync::Arc;

use serde::ser::{Serialize, SerializeMap, Serializer};
use zeroize::Zeroizing;

use crate::flags::Flags;
use crate::request::{CountryLock, Nfc, Questionnaire, Redirect, RequestedDocuments, Settings, TokenRequest};
use crate::steps::{Extra, Step, StepData, StepText, Steps};
use crate::weburl::WebUrl;
use crate::wire::{DataClass, WireField};

/// What a personal value reads as in a masked body.
pub const MASK: &str = "***";

/// [`Settings`] with their part of the body encoded. Cheap to clone.
#[derive(Clone)]
pub struct EncodedSettings {
    /// `,"name":value` for each parameter but the flags.
    fields: Fields,
    /// Where in the fields the flags stand, in bytes.
    flags_at: u16,
    /// Flags are written as they are needed: as text they would be most of what a policy takes in memory.
    flags: Flags,
    /// Which of [`PER_CLIENT_TOO`] are fixed here, so that no client's value stands beside them.
    fixed: u8,
}

/// Text that is part of the program, or shared by the requests of a policy that was loaded.
#[derive(Clone)]
enum Fields {
    Static(&'static str),
    Shared(Arc<str>),
}

impl std::ops::Deref for Fields {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Static(fields) => fields,
            Self::Shared(fields) => fields,
        }
    }
}

impl EncodedSettings {
    /// For generated code: the macro has encoded the settings with this very library.
    #[doc(hidden)]
    pub const fn proven(fields: &'static str, flags_at: u16, flags: Flags, fixed: u8) -> Self {
        Self { fields: Fields::Static(fields), flags_at, flags, fixed }
    }

    /// The settings as [`EncodedSettings::proven`] takes them.
    #[doc(hidden)]
    pub fn parts(&self) -> (&str, u16, Flags, u8) {
        (&self.fields, self.flags_at, self.flags, self.fixed)
    }

    /// Encodes the settings.
    pub fn new(settings: &Settings) -> Self {
        let mut fields = Vec::with_capacity(512);
        let mut fixed = 0;
        let mut put = |fields: &mut Vec<u8>, field: WireField, value: WireValue<'_>| {
            put(fields, field.name(), &value);
            fixed |= bit(field);
        };
        settings.each_field_before_flags(&mut |field, value| put(&mut fields, field, value));
        // Five addresses of 2,048 characters and a few numbers are far from the limit.
        let flags_at = u16::try_from(fields.len()).unwrap_or(u16::MAX);
        settings.each_field_after_flags(&mut |field, value| put(&mut fields, field, value));
        for field in settings.vendor.iter() {
            put_name(&mut fields, field.name());
            fields.extend_from_slice(field.json().as_bytes());
        }
        // JSON is UTF-8, so nothing is lost.
        let fields = Fields::Shared(String::from_utf8_lossy(&fields).into());
        Self { fields, flags_at, flags: settings.flags, fixed }
    }

    fn write(&self, body: &mut Vec<u8>) {
        let (before, after) = self.fields.split_at_checked(usize::from(self.flags_at)).unwrap_or_default();
        body.extend_from_slice(before.as_bytes());
        for (flag, on) in self.flags.iter() {
            put_name(body, flag.wire().name());
            body.extend_from_slice(if on { b"true" } else { b"false" });
        }
        body.extend_from_slice(after.as_bytes());
    }

    fn fixes(&self, field: WireField) -> bool {
        self.fixed & bit(field) != 0
    }
}

/// Parameters that a policy fixes or a client brings (for the steps: on which the client's data depends).
const PER_CLIENT_TOO: [WireField; 5] = [
    WireField::SuccessUrl,
    WireField::ErrorUrl,
    WireField::UnverifiedUrl,
    WireField::Locale,
    WireField::AdditionalSteps,
];

/// The bit of a parameter of [`PER_CLIENT_TOO`]; 0 for any other.
fn bit(field: WireField) -> u8 {
    PER_CLIENT_TOO.iter().position(|of| *of == field).map_or(0, |index| 1 << index)
}

impl Default for EncodedSettings {
    fn default() -> Self {
        Self::new(&Settings::default())
    }
}

impl fmt::Debug for EncodedSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EncodedSettings(…)")
    }
}

/// The value of one parameter as it goes over the wire.
#[derive(Clone, Copy)]
enum WireValue<'a> {
    Null,
    Flag(bool),
    Integer(u32),
    /// Thousandths.
    Decimal(u32),
    Text(&'a str),
    Url(&'a WebUrl),
    Date(jiff::civil::Date),
    Country(CountryLock),
    Codes(&'a dyn Fn() -> Vec<&'static str>),
    Steps(&'a Steps),
    Data(&'a StepData),
}

impl WireValue<'_> {
    /// Whether a value of a client stands in a parameter that is otherwise configuration.
    fn is_personal(&self) -> bool {
        match self {
            Self::Url(url) => url.is_personal(),
            Self::Country(lock) => lock.is_personal(),
            _ => false,
        }
    }
}

impl TokenRequest {
    /// The JSON body, in a fixed order of parameters and without white space. Zeroed when dropped: it holds
    /// personal data.
    pub fn to_wire(&self) -> Zeroizing<Vec<u8>> {
        // Growing a buffer leaves copies behind; a request is seldom longer than this.
        let mut body = Zeroizing::new(Vec::with_capacity(self.settings.fields.len() + 2048));
        self.write_wire(&mut body);
        body
    }

    /// Appends the JSON body to `body`.
    pub fn write_wire(&self, body: &mut Vec<u8>) {
        self.write(body, false);
    }

    /// The same body with every personal value replaced by [`MASK`].
    pub fn to_masked_wire(&self) -> String {
        let mut body = Vec::new();
        self.write(&mut body, true);
        String::from_utf8(body).unwrap_or_default()
    }

    /// Identity, then what the policy fixes, then what the client brings.
    fn write(&self, body: &mut Vec<u8>, mask: bool) {
        let client_id = if mask { MASK } else { self.client_id.expose() };
        body.extend_from_slice(b"{\"clientId\":");
        write_json(body, client_id);
        self.settings.write(body);
        let tells_country = self.documents.is_some_and(RequestedDocuments::is_personal);
        self.each_client_field(&mut |field, value| {
            let is_personal = match field {
                WireField::Documents => tells_country,
                // The language is configuration only where the policy fixes it.
                WireField::Locale => true,
                _ => field.class() == DataClass::Personal || value.is_personal(),
            };
            if mask && is_personal {
                put(body, field.name(), &WireValue::Text(MASK));
            } else {
                put(body, field.name(), &value);
            }
        });
        body.push(b'}');
    }

    fn each_client_field(&self, put: &mut dyn FnMut(WireField, WireValue<'_>)) {
        use WireField as F;
        if let Some(lock) = self.country {
            put(F::Country, WireValue::Country(lock));
        }
        if let Some(documents) = self.documents {
            put(
                F::Documents,
                WireValue::Codes(&|| documents.iter().map(crate::DocumentType::as_str).collect()),
            );
        }
        let Redirect { success, error, unverified } = &self.redirect;
        for (field, url) in [(F::SuccessUrl, success), (F::ErrorUrl, error), (F::UnverifiedUrl, unverified)] {
            if let Some(url) = url
                && !self.settings.fixes(field)
            {
                put(field, WireValue::Url(url));
            }
        }
        if let Some(locale) = &self.locale
            && !self.settings.fixes(F::Locale)
        {
            put(F::Locale, WireValue::Text(locale.as_str()));
        }
        if self.settings.fixes(F::AdditionalSteps) && !self.step_data.is_empty() {
            put(F::AdditionalData, WireValue::Data(&self.step_data));
        }
        self.each_personal_field(put);
    }

    fn each_personal_field(&self, put: &mut dyn FnMut(WireField, WireValue<'_>)) {
        use WireField as F;
        let person = &self.person;
        let texts = [
            (F::ExternalRef, self.external_ref.as_ref().map(crate::ExternalRef::expose)),
            (F::FirstName, person.first_name.as_ref().map(crate::PersonName::expose)),
            (F::LastName, person.last_name.as_ref().map(crate::PersonName::expose)),
            (F::Nationality, person.nationality.as_ref().map(|country| country.expose().code())),
            (F::PersonalNumber, person.personal_number.as_ref().map(crate::PersonalNumber::expose)),
            (F::DocumentNumber, person.document_number.as_ref().map(crate::DocumentNumber::expose)),
            (F::Sex, person.sex.as_ref().map(|sex| sex.expose().as_str())),
            (F::Address, person.address.as_ref().map(crate::Address::expose)),
        ];
        for (field, text) in texts {
            if let Some(text) = text {
                put(field, WireValue::Text(text));
            }
        }
        for (field, date) in [
            (F::DateOfBirth, person.date_of_birth),
            (F::DateOfExpiry, person.date_of_expiry),
            (F::DateOfIssue, person.date_of_issue),
        ] {
            if let Some(date) = date {
                put(field, WireValue::Date(date.expose()));
            }
        }
    }
}

impl Settings {
    /// Calls `put` for each known parameter that is sent and stands before the flags.
    fn each_field_before_flags(&self, put: &mut dyn FnMut(WireField, WireValue<'_>)) {
        use WireField as F;

        put(F::TokenType, WireValue::Text(self.token_type.as_str()));
        put(F::ExpiryTime, WireValue::Integer(self.expiry_time.get()));
        put(F::SessionLength, WireValue::Integer(self.session_length.get()));
        for (field, url) in [
            (F::SuccessUrl, &self.redirect.success),
            (F::ErrorUrl, &self.redirect.error),
            (F::UnverifiedUrl, &self.redirect.unverified),
            (F::CallbackUrl, &self.callback_url.as_ref().map(|url| url.as_web_url().clone())),
        ] {
            if let Some(url) = url {
                put(field, WireValue::Url(url));
            }
        }
        if let Some(min) = self.age.min() {
            put(F::AgeLimit, WireValue::Integer(min.get()));
        }
        if let Some(max) = self.age.max() {
            put(F::AgeMax, WireValue::Integer(max.get()));
        }
    }

    /// Calls `put` for each known parameter that is sent and stands after the flags.
    fn each_field_after_flags(&self, put: &mut dyn FnMut(WireField, WireValue<'_>)) {
        use WireField as F;

        match &self.questionnaire {
            Questionnaire::Account => {}
            Questionnaire::None => put(F::Questionnaire, WireValue::Null),
            Questionnaire::Key { key, required } => {
                put(F::Questionnaire, WireValue::Text(key.as_str()));
                if let Some(required) = required {
                    put(F::QuestionnaireRequired, WireValue::Flag(*required));
                }
            }
        }
        if self.nfc != Nfc::Account {
            put(F::NfcRequired, WireValue::Flag(self.nfc == Nfc::Required));
            put(F::NfcOptional, WireValue::Flag(self.nfc == Nfc::Optional));
        }
        match &self.extra {
            Extra::Account => {}
            Extra::UtilityBill(on) => put(F::UtilityBill, WireValue::Flag(*on)),
            Extra::Steps(steps) => put(F::AdditionalSteps, WireValue::Steps(steps)),
        }
        if let Some(theme) = &self.theme {
            put(F::Theme, WireValue::Text(theme.as_str()));
        }
        if let Some(profile) = &self.risk_profile {
            put(F::RiskAssessmentProfile, WireValue::Text(profile.as_str()));
        }
        if !self.registry_countries.is_empty() {
            let codes = || self.registry_countries.iter().map(crate::Country::code).collect();
            put(F::RegistryCentersCountries, WireValue::Codes(&codes));
        }
        if let Some(threshold) = self.face_threshold {
            put(F::FaceMatchingThresholdModifier, WireValue::Decimal(threshold.get()));
        }
        if let Some(locale) = &self.locale {
            put(F::Locale, WireValue::Text(locale.as_str()));
        }
    }
}

/// `YYYY-MM-DD`; the year of a [`crate::Date`] has four digits.
fn iso_date(date: jiff::civil::Date) -> String {
    let digit =
        |number: i16, place: i16| char::from(b'0' + u8::try_from(number / place % 10).unwrap_or_default());
    let (year, month, day) = (date.year(), i16::from(date.month()), i16::from(date.day()));
    let mut text = String::with_capacity(10);
    text.extend([1_000, 100, 10, 1].map(|place| digit(year, place)));
    for number in [month, day] {
        text.push('-');
        text.extend([10, 1].map(|place| digit(number, place)));
    }
    text
}

/// Appends `,"name":value`.
fn put(body: &mut Vec<u8>, name: &str, value: &WireValue<'_>) {
    put_name(body, name);
    write_json(body, value);
}

/// Appends `,"name":`.
fn put_name(body: &mut Vec<u8>, name: &str) {
    body.extend_from_slice(b",\"");
    // Names are ASCII letters, digits and underscores: nothing that JSON would escape.
    body.extend_from_slice(name.as_bytes());
    body.extend_from_slice(b"\":");
}

fn write_json<T: Serialize + ?Sized>(body: &mut Vec<u8>, value: &T) {
    let written = serde_json::to_writer(body.by_ref(), value);
    debug_assert!(written.is_ok(), "writing JSON to memory cannot fail");
}

impl Serialize for WireValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Flag(on) => serializer.serialize_bool(*on),
            Self::Integer(number) => serializer.serialize_u32(*number),
            Self::Decimal(thousandths) if thousandths % 1_000 == 0 => {
                serializer.serialize_u32(thousandths / 1_000)
            }
            Self::Decimal(thousandths) => serializer.serialize_f64(f64::from(*thousandths) / 1_000.0),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Url(url) => serializer.serialize_str(url.as_str()),
            Self::Date(date) => serializer.serialize_str(&iso_date(*date)),
            Self::Country(lock) => match lock.countries().single() {
                Some(country) if !lock.is_array() => serializer.serialize_str(country.code()),
                _ => serializer.collect_seq(lock.countries().iter().map(crate::Country::code)),
            },
            Self::Codes(codes) => serializer.collect_seq(codes()),
            Self::Steps(steps) => steps.serialize(serializer),
            Self::Data(data) => {
                let mut map = serializer.serialize_map(None)?;
                for (step, fields) in data.expose() {
                    map.serialize_entry(step.as_str(), &StepFields(fields))?;
                }
                map.end()
            }
        }
    }
}

/// The steps as they go over the wire, `country|ALL` -> `document|ALL` -> name -> step, in canonical form (RFC 8785).
/// They hold no personal data.
impl Serialize for Steps {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rows: Vec<([&str; 3], &Step)> = self.iter().map(|(place, step)| (place.words(), step)).collect();
        let countries = rows.chunk_by(|(a, _), (b, _)| a[0] == b[0]);
        serializer.collect_map(countries.filter_map(|rows| Some((rows.first()?.0[0], ByDocument(rows)))))
    }
}

struct ByDocument<'a>(&'a [([&'a str; 3], &'a Step)]);

impl Serialize for ByDocument<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let documents = self.0.chunk_by(|(a, _), (b, _)| a[1] == b[1]);
        serializer.collect_map(documents.filter_map(|rows| Some((rows.first()?.0[1], ByName(rows)))))
    }
}

struct ByName<'a>(&'a [([&'a str; 3], &'a Step)]);

impl Serialize for ByName<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(words, step)| (words[2], *step)))
    }
}

impl Serialize for Step {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if !self.fields.is_empty() {
            map.serialize_entry("fields", &self.fields)?;
        }
        let settings = StepSettings(self);
        if settings.stated().next().is_some() {
            map.serialize_entry("settings", &settings)?;
        }
        if !self.texts.is_empty() {
            map.serialize_entry("texts", &StepTexts(self))?;
        }
        if let Some(kind) = self.kind {
            map.serialize_entry("type", kind.as_str())?;
        }
        map.end()
    }
}

struct StepSettings<'a>(&'a Step);

impl StepSettings<'_> {
    fn stated(&self) -> impl Iterator<Item = (&'static str, bool)> {
        let all = [
            ("canCapture", self.0.can_capture),
            ("canUpload", self.0.can_upload),
            ("canUploadPDF", self.0.can_upload_pdf),
        ];
        all.into_iter().filter_map(|(name, allowed)| Some((name, allowed?)))
    }
}

impl Serialize for StepSettings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.stated())
    }
}

struct StepTexts<'a>(&'a Step);

impl Serialize for StepTexts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.texts.iter().map(|(locale, text)| (locale.as_str(), text)))
    }
}

impl Serialize for StepText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([("description", &self.description), ("name", &self.name)])
    }
}

/// What a client is expected to have for one step.
struct StepFields<'a>(&'a BTreeMap<String, Zeroizing<String>>);

impl Serialize for StepFields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(field, value)| (field, value.as_str())))
    }
}
