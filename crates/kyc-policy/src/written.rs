//! A policy as it was written: what the rules about spelling look at. Only what the sections no longer show is kept.

use kyc_core::{Age, Country, CountrySet, DocumentType, StepPlace, WebUrl};

use crate::client::ClientField;
use crate::sections::Outcome;
use crate::source::Loc;
use crate::tags::Tag;
use crate::template::{TemplateError, UrlTemplate};

/// A value with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct At<T> {
    pub(crate) value: T,
    pub(crate) loc: Loc,
}

/// One entry of a list of countries.
#[derive(Clone, Debug)]
pub(crate) struct CountryEntry {
    /// Without the minus sign.
    pub(crate) word: String,
    pub(crate) excluded: bool,
    /// What the word stands for; everything for `any`.
    pub(crate) countries: CountrySet,
}

impl CountryEntry {
    pub(crate) fn is_any(&self) -> bool {
        self.word == "any"
    }

    /// The word with its sign.
    pub(crate) fn spelled(&self) -> String {
        let sign = if self.excluded { "-" } else { "" };
        format!("{sign}{}", self.word)
    }
}

/// A list of countries.
#[derive(Clone, Debug)]
pub(crate) struct CountryList {
    /// The key that holds it, such as `nationality.deny`.
    pub(crate) key: String,
    pub(crate) loc: Loc,
    pub(crate) entries: Vec<At<CountryEntry>>,
    /// An entry was refused, so the set is not what was meant.
    pub(crate) is_partial: bool,
}

impl CountryList {
    /// The union of the entries minus the exclusions, in whatever order they were written.
    pub(crate) fn countries(&self) -> CountrySet {
        self.union(false) - self.union(true)
    }

    pub(crate) fn union(&self, excluded: bool) -> CountrySet {
        let entries = self.entries.iter().filter(|entry| entry.value.excluded == excluded);
        entries.fold(CountrySet::EMPTY, |all, entry| all | entry.value.countries)
    }

    pub(crate) fn has_any(&self) -> bool {
        self.entries.iter().any(|entry| entry.value.is_any() && !entry.value.excluded)
    }
}

/// A list of document types.
#[derive(Clone, Debug)]
pub(crate) struct DocumentList {
    pub(crate) loc: Loc,
    pub(crate) entries: Vec<At<DocumentType>>,
    pub(crate) is_partial: bool,
}

/// A redirect address or webhook that was written, whether legal or not.
#[derive(Clone, Debug)]
pub(crate) struct WrittenUrl {
    /// The key that holds it, such as `redirect.success`.
    pub(crate) key: &'static str,
    pub(crate) loc: Loc,
    /// The address, and the same address with its placeholders filled.
    pub(crate) parsed: Result<(UrlTemplate, WebUrl), TemplateError>,
}

/// What was written.
#[derive(Debug, Default)]
pub(crate) struct Written {
    pub(crate) file_stem: Option<String>,
    pub(crate) name: Option<At<String>>,
    pub(crate) country_lists: Vec<CountryList>,
    pub(crate) document_lists: Vec<DocumentList>,
    pub(crate) eid: Vec<At<DocumentType>>,
    pub(crate) document_rows: Vec<At<Country>>,
    /// Where the row for all other countries is.
    pub(crate) document_any_row: Option<Loc>,
    /// Where the table of documents is, if it is a table without an `any` row.
    pub(crate) table_without_default: Option<Loc>,
    pub(crate) age_min: Option<At<Age>>,
    pub(crate) age_max: Option<At<Age>>,
    pub(crate) urls: Vec<WrittenUrl>,
    pub(crate) client_require: Vec<At<ClientWord>>,
    pub(crate) client_accept: Vec<At<ClientWord>>,
    /// Keys whose value is the word `account`.
    pub(crate) account: Vec<At<String>>,
    pub(crate) questionnaire_required: Option<Loc>,
    pub(crate) utility_bill: Option<Loc>,
    pub(crate) steps: Option<Loc>,
    pub(crate) step_countries: Vec<At<Country>>,
    pub(crate) step_places: Vec<At<StepPlace>>,
    pub(crate) vendor: Vec<At<String>>,
    pub(crate) tags: Vec<At<(Tag, Outcome)>>,
    /// Keys of `verdict` with the outcome `accept` where it may not stand.
    pub(crate) accepting_defaults: Vec<At<&'static str>>,
}

impl Written {
    /// Countries that `countries` leaves out in so many words.
    pub(crate) fn left_out(&self) -> CountrySet {
        let lists = self.country_lists.iter().filter(|list| list.key == "countries");
        lists.fold(CountrySet::EMPTY, |all, list| all | list.union(true))
    }

    /// Whether the bounds of the age exclude everybody, so that they are no bounds.
    pub(crate) fn has_swapped_ages(&self) -> bool {
        matches!((&self.age_min, &self.age_max), (Some(min), Some(max)) if min.value > max.value)
    }
}

/// A word of `client.require` or `client.accept`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClientWord {
    Field(ClientField),
    /// First name, last name or both.
    Name,
}

impl ClientWord {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Field(field) => field.as_str(),
            Self::Name => "name",
        }
    }
}
