//! The parts of the canonical form, each read strictly and turned into what it means.

use std::borrow::Cow;
use std::collections::BTreeMap;

use kyc_core::{
    Age, AgeBounds, Country, CountrySet, DocumentSet, DocumentType, ExpiryTime, Extra, Flags, HttpsUrl,
    Locale, Nfc, Questionnaire, QuestionnaireKey, SessionLength, Step, StepPlace, StepText, StepType, Steps,
    TokenType, VendorFields, WebUrl,
};
use serde::Deserialize;
use serde::de::{Deserializer, Error};

use crate::client::{ClientField, ClientFields};
use crate::field::{Field, Shape};
use crate::sections::{
    AmlList, ClientSection, Countries, DocumentScope, Documents, Expiry, Outcome, RedirectSection, Screen,
    Token, Verdict, Webhook,
};
use crate::tags::Tag;
use crate::template::UrlTemplate;
use crate::vocabulary::Word;

/// A word of a vocabulary.
#[derive(Clone, Copy)]
pub(super) struct Read<W>(W);

impl<W> Read<W> {
    pub(super) fn get(self) -> W {
        self.0
    }
}

impl<'de, W: Word> Deserialize<'de> for Read<W> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        W::read(&text).map(Self).ok_or_else(|| D::Error::custom(format!("unknown word `{text}`")))
    }
}

/// A list of codes.
pub(super) struct Codes<T>(Vec<T>);

impl<'de> Deserialize<'de> for Codes<Country> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let codes = Vec::<String>::deserialize(deserializer)?;
        codes.iter().map(|code| code.parse()).collect::<Result<_, _>>().map(Self).map_err(D::Error::custom)
    }
}

impl<'de> Deserialize<'de> for Codes<DocumentType> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let words = Vec::<Read<DocumentType>>::deserialize(deserializer)?;
        Ok(Self(words.into_iter().map(Read::get).collect()))
    }
}

pub(super) fn country_set(codes: Option<Codes<Country>>) -> CountrySet {
    codes.into_iter().flat_map(|codes| codes.0).collect()
}

pub(super) fn document_set(codes: Option<Codes<DocumentType>>) -> DocumentSet {
    codes.into_iter().flat_map(|codes| codes.0).collect()
}

/// The word `any`.
#[derive(Deserialize)]
pub(super) enum Any {
    #[serde(rename = "any")]
    Any,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum CountriesForm {
    Any(Any),
    AnyBut(AnyButForm),
    Listed(Codes<Country>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AnyButForm {
    any_but: Codes<Country>,
}

impl CountriesForm {
    pub(super) fn into_countries(self) -> Countries {
        match self {
            Self::Any(Any::Any) => Countries::AnyBut(CountrySet::EMPTY),
            Self::AnyBut(form) => Countries::AnyBut(form.any_but.0.into_iter().collect()),
            Self::Listed(codes) => Countries::Listed(codes.0.into_iter().collect()),
        }
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum ScopeForm {
    Any(Any),
    Listed(Codes<DocumentType>),
}

impl ScopeForm {
    pub(super) fn into_scope(self) -> DocumentScope {
        match self {
            Self::Any(Any::Any) => DocumentScope::Any,
            Self::Listed(codes) => DocumentScope::Listed(codes.0.into_iter().collect()),
        }
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum DocumentsForm {
    Same(ScopeForm),
    ByCountry(RowsForm),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RowsForm {
    any: Option<ScopeForm>,
    rows: Vec<RowForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RowForm {
    countries: Codes<Country>,
    documents: ScopeForm,
}

impl DocumentsForm {
    pub(super) fn into_documents(self) -> Documents {
        let (default, rows) = match self {
            Self::Same(scope) => (Some(scope.into_scope()), Vec::new()),
            Self::ByCountry(form) => (form.any.map(ScopeForm::into_scope), form.rows),
        };
        let mut by_country = Vec::new();
        for row in rows {
            let scope = row.documents.into_scope();
            by_country.extend(row.countries.0.into_iter().map(|country| (country, scope)));
        }
        by_country.sort_unstable();
        Documents { default, rows: Cow::Owned(by_country), eid: DocumentSet::EMPTY }
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AgeForm {
    max: Option<u32>,
    min: Option<u32>,
}

impl AgeForm {
    pub(super) fn into_bounds(self) -> Option<AgeBounds> {
        let age = |years: Option<u32>| years.map(Age::new).transpose().ok();
        AgeBounds::new(age(self.min)?, age(self.max)?).ok()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClientForm {
    accept: Vec<Read<ClientField>>,
    require: Vec<Read<ClientField>>,
    #[serde(default)]
    require_name: bool,
}

impl ClientForm {
    pub(super) fn into_section(self) -> ClientSection {
        let set = |fields: Vec<Read<ClientField>>| {
            fields.into_iter().fold(ClientFields::EMPTY, |set, field| set.with(field.get()))
        };
        ClientSection {
            require: set(self.require),
            accept: set(self.accept),
            require_name: self.require_name,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExpiryForm {
    min_remaining_days: Option<u32>,
    none: Option<Read<Outcome>>,
}

impl ExpiryForm {
    pub(super) fn into_expiry(self) -> Expiry {
        Expiry {
            none: self.none.map_or(Outcome::Review, Read::get),
            min_remaining_days: self.min_remaining_days.unwrap_or(0),
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ScreenForm {
    deny: Option<Codes<Country>>,
    review: Option<Codes<Country>>,
}

impl ScreenForm {
    pub(super) fn into_screen(self) -> Screen {
        Screen { deny: country_set(self.deny), review: country_set(self.review) }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum NfcForm {
    Off,
    Optional,
    Required,
}

impl NfcForm {
    pub(super) fn into_nfc(self) -> Nfc {
        match self {
            Self::Off => Nfc::Off,
            Self::Optional => Nfc::Optional,
            Self::Required => Nfc::Required,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct QuestionnaireForm {
    none: Option<bool>,
    key: Option<String>,
    required: Option<bool>,
}

impl QuestionnaireForm {
    pub(super) fn into_questionnaire(self) -> Option<Questionnaire> {
        match self {
            Self { none: Some(true), key: None, required: None } => Some(Questionnaire::None),
            Self { none: None, key: Some(key), required } => {
                Some(Questionnaire::Key { key: QuestionnaireKey::new(&key).ok()?, required })
            }
            _ => None,
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RedirectForm {
    #[serde(rename = "redirect.error")]
    error: Option<String>,
    #[serde(rename = "redirect.success")]
    success: Option<String>,
    #[serde(rename = "redirect.unverified")]
    unverified: Option<String>,
}

impl RedirectForm {
    pub(super) fn into_section(self) -> Option<RedirectSection> {
        let template = |text: Option<String>| {
            text.map(|text| UrlTemplate::new(&text))
                .transpose()
                .ok()
                .map(|read| read.map(|(template, _)| template))
        };
        Some(RedirectSection {
            success: template(self.success)?,
            error: template(self.error)?,
            unverified: template(self.unverified)?,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WebhookForm {
    judged: bool,
    url: String,
}

impl WebhookForm {
    /// The reason why results go unjudged is prose, so it is not in the canonical form; that there is one is.
    pub(super) fn into_webhook(self) -> Option<Webhook> {
        let unjudged = (!self.judged).then_some(Cow::Borrowed(""));
        Some(Webhook { url: HttpsUrl::new(WebUrl::new(&self.url).ok()?)?, unjudged })
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TokenForm {
    expires_in: Option<u32>,
    session_length: Option<u32>,
    r#type: Option<Read<TokenType>>,
}

impl TokenForm {
    pub(super) fn into_token(self) -> Option<Token> {
        Some(Token {
            token_type: self.r#type.map_or(TokenType::Identification, Read::get),
            expires_in: self.expires_in.map_or(Ok(ExpiryTime::DEFAULT), ExpiryTime::new).ok()?,
            session_length: self
                .session_length
                .map_or(Ok(SessionLength::DEFAULT), SessionLength::new)
                .ok()?,
        })
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VerdictForm {
    #[serde(default)]
    aml: BTreeMap<String, Read<Outcome>>,
    default: Option<Read<Outcome>>,
    outside: Option<Read<Outcome>>,
    #[serde(default)]
    tags: BTreeMap<String, Read<Outcome>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExtraForm {
    steps: Option<BTreeMap<String, BTreeMap<String, StepsByName>>>,
    utility_bill: Option<bool>,
}

type StepsByName = BTreeMap<String, StepForm>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StepForm {
    #[serde(default)]
    fields: Vec<String>,
    #[serde(default)]
    settings: BTreeMap<String, bool>,
    #[serde(default)]
    texts: BTreeMap<String, StepTextForm>,
    r#type: Option<Read<StepType>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StepTextForm {
    description: String,
    name: String,
}

impl VerdictForm {
    pub(super) fn into_verdict(self) -> Option<Verdict> {
        Some(Verdict {
            default: self.default.map_or(Outcome::Review, Read::get),
            outside: self.outside.map_or(Outcome::Review, Read::get),
            tags: outcomes::<Tag>(self.tags)?.into(),
            aml: outcomes::<AmlList>(self.aml)?.into_iter().collect(),
        })
    }
}

fn outcomes<W: Word + Ord>(entries: BTreeMap<String, Read<Outcome>>) -> Option<Vec<(W, Outcome)>> {
    let read = |(word, outcome): (String, Read<Outcome>)| Some((W::read(&word)?, outcome.get()));
    let mut outcomes: Vec<_> = entries.into_iter().map(read).collect::<Option<_>>()?;
    outcomes.sort_unstable();
    Some(outcomes)
}

impl ExtraForm {
    pub(super) fn into_extra(self) -> Option<Extra> {
        match (self.steps, self.utility_bill) {
            (None, Some(on)) => Some(Extra::UtilityBill(on)),
            (Some(countries), None) => {
                let mut steps = Vec::new();
                for (country, documents) in countries {
                    for (document, names) in documents {
                        for (name, step) in names {
                            let place = StepPlace::from_words(&country, &document, &name)?;
                            steps.push((place, step.into_step()?));
                        }
                    }
                }
                Steps::new(steps).map(Extra::Steps)
            }
            _ => None,
        }
    }
}

impl StepForm {
    pub(super) fn into_step(mut self) -> Option<Step> {
        let text = |(locale, text): (String, StepTextForm)| {
            let text = StepText { name: text.name.into(), description: text.description.into() };
            Some((Locale::new(&locale).ok()?, text))
        };
        let step = Step {
            kind: self.r#type.map(Read::get),
            fields: self.fields.into_iter().map(Cow::Owned).collect(),
            texts: self.texts.into_iter().map(text).collect::<Option<_>>()?,
            can_upload: self.settings.remove("canUpload"),
            can_capture: self.settings.remove("canCapture"),
            can_upload_pdf: self.settings.remove("canUploadPDF"),
        };
        self.settings.is_empty().then_some(step)
    }
}

pub(super) fn flags(stated: BTreeMap<String, bool>) -> Option<Flags> {
    stated.into_iter().try_fold(Flags::NONE, |flags, (key, on)| match Field::find(&key)?.shape {
        Shape::Flag(flag) => Some(flags.with(flag, on)),
        _ => None,
    })
}

pub(super) fn vendor(stated: &BTreeMap<String, serde_json::Value>) -> Option<VendorFields> {
    stated.iter().try_fold(VendorFields::default(), |mut fields, (name, value)| {
        fields.insert(name, value).ok()?;
        Some(fields)
    })
}
