//! The wire form of a request: what the policy fixes, then what the client brings. Same request, same bytes.

mod object;
mod settings;
mod steps;
#[cfg(test)]
mod tests;
mod value;

use zeroize::Zeroizing;

use crate::request::{Redirect, TokenRequest};
use crate::wire::{DataClass, WireField};

pub use settings::EncodedSettings;
use value::{WireValue, put, write_text};

/// What a personal value reads as in a masked body.
pub const MASK: &str = "***";

impl TokenRequest {
    /// The JSON body, in a fixed order of parameters and without white space. Zeroed when dropped: it holds
    /// personal data.
    pub fn to_wire(&self) -> Zeroizing<Vec<u8>> {
        // Growing a buffer leaves copies behind; a request is seldom longer than this.
        let mut body = Zeroizing::new(Vec::with_capacity(self.settings.len() + 3072));
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
        write_text(body, client_id);
        self.settings.write(body);
        self.each_client_field(&mut |field, value| {
            // The language is configuration only where the policy fixes it.
            let is_personal =
                || field == WireField::Locale || field.class() == DataClass::Personal || value.is_personal();
            if mask && is_personal() {
                put(body, field.key(), &WireValue::Word(MASK));
            } else {
                put(body, field.key(), &value);
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
            put(F::Documents, WireValue::Documents(documents));
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
            put(F::Locale, WireValue::Word(locale.as_str()));
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
