//! Additional steps: further uploads that a session asks for, by country and document type.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use thiserror::Error;
use zeroize::Zeroizing;

use crate::country::Country;
use crate::document::DocumentType;
use crate::text::{Address, TextError};
use crate::words::{Locale, StepName, StepType};

/// What a session asks for beside document and selfie. The vendor refuses both kinds together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Extra {
    /// Whatever the account's environment adds.
    #[default]
    Account,
    /// The vendor's ready-made proof of address, on or off: `utilityBill`.
    UtilityBill(bool),
    /// Steps of our own: `additionalSteps`.
    Steps(Steps),
}

/// One or more steps, each at a place of its own: country or all, document type or all, name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Steps(Cow<'static, [(StepPlace, Step)]>);

/// Where a step applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepPlace {
    /// Issuing country of the document, or all.
    pub country: Option<Country>,
    /// Document type, or all.
    pub document: Option<DocumentType>,
    /// Name of the step.
    pub name: StepName,
}

/// What one step asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// What is done with the upload; absent where the environment decides.
    pub kind: Option<StepType>,
    /// Names of the fields that are read out or compared.
    pub fields: Cow<'static, [Cow<'static, str>]>,
    /// What the client reads, by language: sorted, each language once.
    pub texts: Cow<'static, [(Locale, StepText)]>,
    /// Whether a file may be uploaded.
    pub can_upload: Option<bool>,
    /// Whether a photo may be taken.
    pub can_capture: Option<bool>,
    /// Whether a PDF may be uploaded.
    pub can_upload_pdf: Option<bool>,
}

/// What the client reads about a step in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepText {
    /// Heading.
    pub name: Cow<'static, str>,
    /// Explanation.
    pub description: Cow<'static, str>,
}

impl Steps {
    /// Longest name of a field and longest heading of a step, in characters. The vendor publishes no bounds.
    pub const MAX_NAME: usize = 100;
    /// Longest explanation of a step, in characters. The vendor publishes no bounds.
    pub const MAX_DESCRIPTION: usize = 500;

    /// The document types that a step may be tied to.
    pub const DOCUMENTS: [DocumentType; 7] = [
        DocumentType::IdCard,
        DocumentType::Passport,
        DocumentType::ResidencePermit,
        DocumentType::DriverLicense,
        DocumentType::PanCard,
        DocumentType::Aadhaar,
        DocumentType::Other,
    ];

    /// The steps, if there is at least one, no place has two, and each is tied to a document type that steps know.
    pub fn new(mut steps: Vec<(StepPlace, Step)>) -> Option<Self> {
        let fits =
            |place: &StepPlace| place.document.is_none_or(|document| Self::DOCUMENTS.contains(&document));
        steps.sort_by(|(a, _), (b, _)| a.words().cmp(&b.words()));
        let is_distinct = steps.windows(2).all(|pair| !matches!(pair, [(a, _), (b, _)] if a == b));
        steps.shrink_to_fit();
        let is_legal = !steps.is_empty() && is_distinct && steps.iter().all(|(place, _)| fits(place));
        is_legal.then_some(Self(steps.into()))
    }

    /// For generated code: the macro has checked the value with this very library.
    #[doc(hidden)]
    pub const fn proven(steps: &'static [(StepPlace, Step)]) -> Self {
        Self(Cow::Borrowed(steps))
    }

    /// The steps as a slice; usable in constants.
    pub const fn as_slice(&self) -> &[(StepPlace, Step)] {
        match &self.0 {
            Cow::Borrowed(steps) => steps,
            Cow::Owned(steps) => steps.as_slice(),
        }
    }

    /// The steps in order of country, document and name as the vendor writes them.
    pub fn iter(&self) -> impl Iterator<Item = (&StepPlace, &Step)> {
        self.0.iter().map(|(place, step)| (place, step))
    }

    /// Whether some step has this name.
    pub fn has(&self, name: &StepName) -> bool {
        self.iter().any(|(place, _)| place.name == *name)
    }
}

impl StepPlace {
    /// What stands for every country, and for every document type.
    const ALL: &'static str = "ALL";

    /// The place that the vendor writes as these words.
    pub fn from_words(country: &str, document: &str, name: &str) -> Option<Self> {
        let country = if country == Self::ALL { None } else { Some(country.parse().ok()?) };
        let document = if document == Self::ALL { None } else { Some(DocumentType::from_word(document)?) };
        Some(Self { country, document, name: StepName::new(name).ok()? })
    }

    /// Country, document type and name as the vendor writes them.
    pub fn words(&self) -> [&str; 3] {
        [
            self.country.as_ref().map_or(Self::ALL, |country| country.code()),
            self.document.map_or(Self::ALL, DocumentType::as_str),
            self.name.as_str(),
        ]
    }
}

/// What a client is expected to have, by step and field. Personal: it does not print.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct StepData(BTreeMap<StepName, BTreeMap<String, Zeroizing<String>>>);

/// Why data for a step is refused. It never holds the data.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum StepDataError {
    /// More than [`StepData::MAX_FIELDS`] fields.
    #[error("has more than {} fields", StepData::MAX_FIELDS)]
    TooMany,
    /// An empty or too long name of a field.
    #[error("has a field name that is empty or longer than {} characters", Steps::MAX_NAME)]
    FieldName,
    /// A malformed value.
    #[error("has a malformed value: {0}")]
    Value(TextError),
    /// A field that is there already.
    #[error("has a field twice")]
    Twice,
}

impl StepData {
    /// Most fields of one client over all steps. The vendor publishes no bound.
    pub const MAX_FIELDS: usize = 100;

    /// Adds what is expected of one field of one step.
    ///
    /// # Errors
    ///
    /// A name or value outside its bounds, a field that is there already, or one too many. The value is held to the
    /// bounds of an [`Address`], the longest of such texts: the vendor publishes none.
    pub fn insert(&mut self, step: StepName, field: &str, value: &str) -> Result<(), StepDataError> {
        if self.0.values().map(BTreeMap::len).sum::<usize>() == Self::MAX_FIELDS {
            return Err(StepDataError::TooMany);
        }
        if !(1..=Steps::MAX_NAME).contains(&field.chars().count()) {
            return Err(StepDataError::FieldName);
        }
        let value = Address::new(value).map_err(StepDataError::Value)?;
        let fields = self.0.entry(step).or_default();
        if fields.contains_key(field) {
            return Err(StepDataError::Twice);
        }
        fields.insert(field.to_owned(), Zeroizing::new(value.expose().to_owned()));
        Ok(())
    }

    /// Whether nothing is expected.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The names of the steps that have data.
    pub fn steps(&self) -> impl Iterator<Item = &StepName> {
        self.0.keys()
    }

    /// The data itself. Whoever calls this answers for where it goes.
    pub const fn expose(&self) -> &BTreeMap<StepName, BTreeMap<String, Zeroizing<String>>> {
        &self.0
    }
}

impl fmt::Debug for StepData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StepData(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> StepName {
        StepName::new(text).unwrap()
    }

    #[test]
    fn steps_are_found_by_their_name_alone() {
        let place = |words: [&str; 3]| StepPlace::from_words(words[0], words[1], words[2]).unwrap();
        let places = [["LT", "PASSPORT", "BILL"], ["ALL", "ALL", "LEASE"]];
        let steps = Steps::new(places.map(|words| (place(words), Step::default())).to_vec()).unwrap();
        assert_eq!(steps.iter().map(|(place, _)| place.words()).collect::<Vec<_>>(), [places[1], places[0]]);
        for (text, has) in [("BILL", true), ("LEASE", true), ("BILLS", false), ("LT", false)] {
            assert_eq!(steps.has(&name(text)), has, "{text}");
        }
    }
}
