//! What a result says about one verification, as far as a verdict needs it.

use std::fmt;

use jiff::Timestamp;
use jiff::civil;
use kyc_core::{Country, Date, DocumentResult, DocumentType, FaceResult, Flags, SessionStatus};

use crate::sections::AmlList;
use crate::tags::Tag;

/// The facts of one result. `None` is a fact that is null, unknown or cannot be read: no policy that needs it accepts.
///
/// It holds personal data (a birth date, a nationality), so it neither prints nor serialises.
#[derive(Clone)]
pub struct Facts {
    /// Whether the vendor calls the result final.
    pub is_final: bool,
    /// What the vendor says as a whole.
    pub status: SessionStatus,
    /// What became of the document: the reviewer's word if there is one, else the automatic one.
    pub document: Option<DocumentResult>,
    /// What became of the face, likewise.
    pub face: Option<FaceResult>,
    /// The country that issued the document.
    pub issuing_country: Option<Country>,
    /// The type of the document, or the e-ID.
    pub document_type: Option<DocumentType>,
    /// The person's nationality.
    pub nationality: Option<Country>,
    /// The country of the address on the internet.
    pub ip_country: Option<Country>,
    /// When the person was born.
    pub birth: Option<Birth>,
    /// Until when the document is valid.
    pub expires: Option<Expires>,
    /// Fraud and mismatch tags.
    pub tags: Vec<ResultTag>,
    /// What the lists against money laundering say.
    pub aml: Aml,
    /// The checks that are shown to have been made (`true`) or not to have been made (`false`), by a field of the result
    /// or by the echo of the token request.
    pub shown: Flags,
    /// When the session began.
    pub started: Timestamp,
    /// When the session ended.
    pub finished: Timestamp,
}

impl fmt::Debug for Facts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Facts")
            .field("is_final", &self.is_final)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// When a person was born, as far as the document tells. It does not print.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Birth {
    /// On this day.
    Day(Date),
    /// In this month of this year: some documents print no day.
    Month(i16, i8),
    /// In this year: some documents print no more.
    Year(i16),
    /// The age in whole years on the day of verification: nothing else is kept of a person.
    Age(u32),
}

impl fmt::Debug for Birth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Birth(redacted)")
    }
}

impl Birth {
    /// The youngest age that the person can have on `first`, and the oldest on `last`.
    pub fn ages(self, first: civil::Date, last: civil::Date) -> Option<(u32, u32)> {
        let whole = |years: i16| u32::try_from(years.max(0)).unwrap_or(0);
        let (earliest, latest) = match self {
            Self::Age(years) => return Some((years, years)),
            Self::Day(day) => (day, day),
            Self::Month(year, month) => {
                let begin = civil::Date::new(year, month, 1).ok()?;
                (Date::new(year, month, 1).ok()?, Date::new(year, month, begin.days_in_month()).ok()?)
            }
            Self::Year(year) => (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?),
        };
        Some((whole(latest.age_on(first)), whole(earliest.age_on(last))))
    }
}

/// Until when a document is valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expires {
    /// Through this day.
    On(civil::Date),
    /// The document has no expiry date, as some cards for life.
    Never,
}

/// A tag of a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResultTag {
    /// One that this release knows.
    Known(Tag),
    /// Any other, as a text without anything invisible.
    Unknown(String),
}

impl ResultTag {
    /// The tag that is written so.
    pub fn from_word(word: &str) -> Self {
        Tag::from_word(word).map_or_else(|| Self::Unknown(crate::diagnostic::shown(word)), Self::Known)
    }
}

/// What became of a check against one kind of list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AmlStatus {
    /// It was not made. Whether it had to be is a question of evidence.
    #[default]
    NotChecked,
    /// Nothing was found.
    Clear,
    /// What was found is somebody else, the vendor's reviewers say.
    FalsePositive,
    /// Something was found.
    Hit,
}

/// What the lists against money laundering say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is the list of that name")]
pub struct Aml {
    pub sanctions: AmlStatus,
    pub pep: AmlStatus,
    pub adverse_media: AmlStatus,
}

impl Aml {
    /// Each list with what became of it.
    pub(crate) fn lists(self) -> [(AmlList, AmlStatus); 3] {
        [
            (AmlList::Sanctions, self.sanctions),
            (AmlList::Pep, self.pep),
            (AmlList::AdverseMedia, self.adverse_media),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partial_birth_date_is_the_youngest_and_the_oldest_person_it_can_be() {
        let day = |text: &str| text.parse::<civil::Date>().unwrap();
        let (first, last) = (day("2026-11-23"), day("2026-11-24"));
        for (birth, ages) in [
            (Birth::Day(Date::new(2008, 11, 24).unwrap()), Some((17, 18))),
            (Birth::Day(Date::new(2008, 11, 23).unwrap()), Some((18, 18))),
            (Birth::Month(2008, 11), Some((17, 18))),
            (Birth::Month(2008, 12), Some((17, 17))),
            (Birth::Month(2008, 2), Some((18, 18))),
            (Birth::Month(2008, 13), None),
            (Birth::Year(2008), Some((17, 18))),
            (Birth::Year(2007), Some((18, 19))),
            (Birth::Year(2030), Some((0, 0))),
            (Birth::Age(17), Some((17, 17))),
        ] {
            assert_eq!(birth.ages(first, last), ages);
        }
        let leap = Birth::Day(Date::new(2008, 2, 29).unwrap());
        assert_eq!(leap.ages(day("2026-02-28"), day("2026-02-28")), Some((17, 17)));
        assert_eq!(leap.ages(day("2026-03-01"), day("2026-03-01")), Some((18, 18)));
    }
}
