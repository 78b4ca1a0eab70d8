//! What a policy fixes, encoded.

use std::fmt;

use super::value::{WireValue, put};
use crate::flags::{Flag, Flags};
use crate::request::{Nfc, Questionnaire, Settings};
use crate::steps::Extra;
use crate::weburl::HttpsUrl;
use crate::wire::WireField;

/// [`Settings`] as their part of a body.
#[derive(Clone)]
pub struct EncodedSettings {
    /// `,"name":value` for each parameter but the flags.
    fields: Vec<u8>,
    /// Where in the fields the flags stand, in bytes.
    flags_at: usize,
    /// Flags are written as they are needed: as text they would be longer than everything else.
    flags: Flags,
    /// Which of [`PER_CLIENT_TOO`] are fixed here, so that no client's value stands beside them.
    fixed: u8,
}

/// Settings seldom take more, in bytes, and allocators are fast up to here.
const CAPACITY: usize = 1_024;

impl EncodedSettings {
    /// Encodes the settings.
    pub fn new(settings: &Settings<'_>) -> Self {
        let mut fields = Vec::with_capacity(CAPACITY);
        let mut fixed = 0;
        let mut put = |fields: &mut Vec<u8>, field: WireField, value: WireValue<'_>| {
            put(fields, field.key(), &value);
            fixed |= bit(field);
        };
        settings.each_field_before_flags(|field, value| put(&mut fields, field, value));
        let flags_at = fields.len();
        settings.each_field_after_flags(|field, value| put(&mut fields, field, value));
        for field in settings.vendor {
            // Names are ASCII letters, digits and underscores: nothing that JSON would escape.
            for part in [",\"", field.name(), "\":", field.json()] {
                fields.extend_from_slice(part.as_bytes());
            }
        }
        Self { fields, flags_at, flags: settings.flags, fixed }
    }

    /// How many bytes [`EncodedSettings::write`] appends, flags aside.
    pub(super) fn len(&self) -> usize {
        self.fields.len()
    }

    pub(super) fn write(&self, body: &mut Vec<u8>) {
        let (before, after) = self.fields.split_at_checked(self.flags_at).unwrap_or_default();
        body.extend_from_slice(before);
        for (flag, [off, on]) in Flag::ALL.iter().zip(&FLAGS) {
            if let Some(state) = self.flags.state(*flag) {
                body.extend_from_slice(if state { on } else { off }.as_bytes());
            }
        }
        body.extend_from_slice(after);
    }

    pub(super) fn fixes(&self, field: WireField) -> bool {
        self.fixed & bit(field) != 0
    }
}

/// `,"name":false` and `,"name":true` for each flag, in the order of [`Flag::ALL`].
static FLAGS: [[&str; 2]; Flag::ALL.len()] = {
    let mut texts = [[""; 2]; Flag::ALL.len()];
    let (mut flags, mut left): (&[Flag], &mut [[&str; 2]]) = (Flag::ALL, &mut texts);
    while let ([flag, others @ ..], [text, rest @ ..]) = (flags, left) {
        *text = [flag.wire().switched(false), flag.wire().switched(true)];
        (flags, left) = (others, rest);
    }
    texts
};

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

impl Settings<'_> {
    /// Calls `put` for each known parameter that is sent and stands before the flags.
    fn each_field_before_flags(&self, mut put: impl FnMut(WireField, WireValue<'_>)) {
        use WireField as F;

        put(F::TokenType, WireValue::Word(self.token_type.as_str()));
        put(F::ExpiryTime, WireValue::Integer(self.expiry_time.get()));
        put(F::SessionLength, WireValue::Integer(self.session_length.get()));
        for (field, url) in [
            (F::SuccessUrl, self.redirect.success),
            (F::ErrorUrl, self.redirect.error),
            (F::UnverifiedUrl, self.redirect.unverified),
            (F::CallbackUrl, self.callback_url.map(HttpsUrl::as_web_url)),
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
    fn each_field_after_flags(&self, mut put: impl FnMut(WireField, WireValue<'_>)) {
        use WireField as F;

        match self.questionnaire {
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
        match self.extra {
            Extra::Account => {}
            Extra::UtilityBill(on) => put(F::UtilityBill, WireValue::Flag(*on)),
            Extra::Steps(steps) => put(F::AdditionalSteps, WireValue::Steps(steps)),
        }
        if let Some(theme) = self.theme {
            put(F::Theme, WireValue::Word(theme.as_str()));
        }
        if let Some(profile) = self.risk_profile {
            put(F::RiskAssessmentProfile, WireValue::Word(profile.as_str()));
        }
        if !self.registry_countries.is_empty() {
            put(F::RegistryCentersCountries, WireValue::Countries(self.registry_countries));
        }
        if let Some(threshold) = self.face_threshold {
            put(F::FaceMatchingThresholdModifier, WireValue::Decimal(threshold.get()));
        }
        if let Some(locale) = self.locale {
            put(F::Locale, WireValue::Word(locale.as_str()));
        }
    }
}
