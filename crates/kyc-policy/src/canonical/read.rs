//! The meaning of a policy from its canonical form: the way back, for policies that were recorded. Whatever this release
//! would not write is refused, a key of a later release among it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use kyc_core::{
    AgeBounds, Country, DocumentType, Extra, FaceThreshold, Locale, Nfc, Questionnaire, VendorId,
};
use serde::Deserialize;
use serde::de::Error;

use super::forms::{
    AgeForm, ClientForm, Codes, CountriesForm, DocumentsForm, ExpiryForm, ExtraForm, NfcForm,
    QuestionnaireForm, Read, RedirectForm, ScreenForm, TokenForm, VerdictForm, WebhookForm, country_set,
    document_set, flags, vendor,
};
use crate::held::Held;
use crate::sections::{CountryLockMode, Delivery, Reuse, Sections, Special};

/// Reads the meaning. Name and governance are no part of it and stay empty.
pub(crate) fn read_meaning(canonical: &[u8]) -> Result<Sections, serde_json::Error> {
    serde_json::from_slice::<Form>(canonical)?.into_sections().map_err(serde_json::Error::custom)
}

/// The keys of the canonical form.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    age: Option<AgeForm>,
    client: ClientForm,
    countries: CountriesForm,
    country_lock: Option<Read<CountryLockMode>>,
    delivery: Option<Read<Delivery>>,
    documents: DocumentsForm,
    eid: Option<Codes<DocumentType>>,
    expiry: Option<ExpiryForm>,
    extra: Option<ExtraForm>,
    face_threshold_thousandths: Option<u32>,
    flags: Option<BTreeMap<String, bool>>,
    ip_country: Option<ScreenForm>,
    locale: Option<String>,
    nationality: Option<ScreenForm>,
    nfc: Option<NfcForm>,
    questionnaire: Option<QuestionnaireForm>,
    redirect: Option<RedirectForm>,
    registry_countries: Option<Codes<Country>>,
    reuse: Option<Read<Reuse>>,
    risk_profile: Option<String>,
    theme: Option<String>,
    timezone: Option<String>,
    token: Option<TokenForm>,
    vendor: Option<BTreeMap<String, serde_json::Value>>,
    verdict: Option<VerdictForm>,
    webhook: Option<WebhookForm>,
}

impl Form {
    /// The sections, or the key whose value this release does not write.
    fn into_sections(self) -> Result<Sections, &'static str> {
        let silent = Sections::silent();
        let mut documents = self.documents.into_documents();
        documents.eid = document_set(self.eid);
        let special = Special {
            webhook: read(self.webhook, "webhook", WebhookForm::into_webhook)?,
            theme: read(self.theme, "theme", |id| VendorId::new(&id).ok())?,
            risk_profile: read(self.risk_profile, "risk_profile", |id| VendorId::new(&id).ok())?,
            registry_countries: country_set(self.registry_countries),
            face_threshold: read(
                self.face_threshold_thousandths,
                "face_threshold_thousandths",
                |thousandths| FaceThreshold::new(thousandths).ok(),
            )?,
            vendor: read(self.vendor, "vendor", |stated| vendor(&stated))?.unwrap_or_default(),
        };
        Ok(Sections {
            name: silent.name,
            governance: silent.governance,
            countries: self.countries.into_countries(),
            documents,
            country_lock: self.country_lock.map_or(CountryLockMode::Auto, Read::get),
            nationality: self.nationality.unwrap_or_default().into_screen(),
            ip_country: self.ip_country.unwrap_or_default().into_screen(),
            age: read(self.age, "age", AgeForm::into_bounds)?.unwrap_or(AgeBounds::NONE),
            expiry: self.expiry.map_or(silent.expiry, ExpiryForm::into_expiry),
            token: read(self.token, "token", TokenForm::into_token)?.unwrap_or(silent.token),
            redirect: read(self.redirect, "redirect", RedirectForm::into_section)?.unwrap_or_default(),
            delivery: self.delivery.map_or(Delivery::Redirect, Read::get),
            flags: read(self.flags, "flags", flags)?.unwrap_or_default(),
            questionnaire: read(self.questionnaire, "questionnaire", QuestionnaireForm::into_questionnaire)?
                .unwrap_or(Questionnaire::Account),
            nfc: self.nfc.map_or(Nfc::Account, NfcForm::into_nfc),
            extra: read(self.extra, "extra", ExtraForm::into_extra)?.unwrap_or(Extra::Account),
            locale: read(self.locale, "locale", |locale| Locale::new(&locale).ok())?,
            client: self.client.into_section(),
            verdict: read(self.verdict, "verdict", VerdictForm::into_verdict)?.unwrap_or(silent.verdict),
            reuse: self.reuse.map_or(Reuse::Never, Read::get),
            timezone: self.timezone.map_or(silent.timezone, Cow::Owned),
            special: Held::Boxed(Box::new(special)),
        })
    }
}

/// A part as what it means, or its key.
fn read<F, T>(
    form: Option<F>,
    key: &'static str,
    into: impl FnOnce(F) -> Option<T>,
) -> Result<Option<T>, &'static str> {
    form.map(|form| into(form).ok_or(key)).transpose()
}
