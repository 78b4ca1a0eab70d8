//! What a policy fixes, encoded once.

use std::fmt;
use std::sync::{Arc, LazyLock};

use super::value::{WireValue, put, put_name};
use crate::flags::{Flag, Flags};
use crate::request::{Nfc, Questionnaire, Settings};
use crate::steps::Extra;
use crate::wire::WireField;

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

    pub(super) fn write(&self, body: &mut Vec<u8>) {
        let (before, after) = self.fields.split_at_checked(usize::from(self.flags_at)).unwrap_or_default();
        body.extend_from_slice(before.as_bytes());
        for ([off, on], flag) in FLAGS.iter().zip(Flag::ALL) {
            if let Some(state) = self.flags.state(*flag) {
                body.extend_from_slice(if state { on } else { off }.as_bytes());
            }
        }
        body.extend_from_slice(after.as_bytes());
    }

    pub(super) fn fixes(&self, field: WireField) -> bool {
        self.fixed & bit(field) != 0
    }
}

/// `,"name":false` and `,"name":true` for each flag, in the order of [`Flag::ALL`].
static FLAGS: LazyLock<Vec<[String; 2]>> = LazyLock::new(|| {
    let text = |flag: &Flag, on: bool| format!(",\"{}\":{on}", flag.wire().name());
    Flag::ALL.iter().map(|flag| [text(flag, false), text(flag, true)]).collect()
});

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
