//! A made-up person and what became of them at the vendor. What is not said of them is unremarkable.

use jiff::civil;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use kyc_core::{Country, DocumentResult, DocumentType, FaceResult, Flag, Flags, SessionStatus};

use super::{Aml, AmlStatus, Birth, Expires, Facts, ResultTag};
use crate::sections::AmlList;

/// Somebody who exists only to see what would become of such a person.
///
/// Country, document and age that are not given are not known. Everything else that is not given is unremarkable: the
/// document is valid for ten years, the person is a national of the issuing country and sits there, document and face
/// passed, every check was made and found nothing.
#[derive(Clone, Debug)]
pub struct Applicant {
    /// The country that issued the document.
    pub country: Option<Country>,
    /// The type of the document, or the e-ID.
    pub document: Option<DocumentType>,
    /// When the person was born.
    pub birth: Option<Birth>,
    /// The nationality.
    pub nationality: Whence,
    /// Where the person is on the internet.
    pub ip_country: Whence,
    /// Until when the document is valid.
    pub expires: Validity,
    /// Tags of the vendor.
    pub tags: Vec<ResultTag>,
    /// Lists that have an entry.
    pub aml: Vec<AmlList>,
    /// What the vendor says as a whole.
    pub status: SessionStatus,
    /// What became of the document.
    pub document_result: DocumentResult,
    /// What became of the face.
    pub face_result: FaceResult,
    /// Checks that left no trace.
    pub untraced: Vec<Flag>,
    /// Whether the vendor calls the result final.
    pub is_final: bool,
    /// When the session began, if not at the moment of the question.
    pub started: Option<Timestamp>,
    /// When the session ended, if not at the moment of the question.
    pub finished: Option<Timestamp>,
}

/// Which country something is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whence {
    /// That of the document.
    Document,
    /// This one.
    Of(Country),
    /// Nobody knows.
    Unknown,
}

/// Until when a made-up document is valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Validity {
    /// For ten more years.
    Long,
    /// For so many more days.
    Days(u32),
    /// Through this day.
    On(civil::Date),
    /// It has no expiry date.
    Never,
    /// Nobody knows.
    Unknown,
}

impl Default for Applicant {
    fn default() -> Self {
        Self {
            country: None,
            document: None,
            birth: None,
            nationality: Whence::Document,
            ip_country: Whence::Document,
            expires: Validity::Long,
            tags: Vec::new(),
            aml: Vec::new(),
            status: SessionStatus::Approved,
            document_result: DocumentResult::Validated,
            face_result: FaceResult::Match,
            untraced: Vec::new(),
            is_final: true,
            started: None,
            finished: None,
        }
    }
}

impl Applicant {
    /// The facts of a verification at the moment `now`, with the days of `zone`.
    pub fn facts(&self, now: Timestamp, zone: &TimeZone) -> Facts {
        let (started, finished) = (self.started.unwrap_or(now), self.finished.unwrap_or(now));
        let untraced = |flag: Flag| self.untraced.contains(&flag);
        Facts {
            is_final: self.is_final,
            status: self.status.clone(),
            document: Some(self.document_result.clone()),
            face: Some(self.face_result.clone()),
            issuing_country: self.country,
            document_type: self.document,
            nationality: self.nationality.country(self.country),
            ip_country: self.ip_country.country(self.country),
            birth: self.birth,
            expires: self.expires.from(zone.to_datetime(started.max(finished)).date()),
            tags: self.tags.clone(),
            aml: aml(&self.aml),
            shown: Flag::ALL.iter().fold(Flags::NONE, |flags, flag| flags.with(*flag, !untraced(*flag))),
            started,
            finished,
        }
    }
}

impl Whence {
    fn country(self, of_document: Option<Country>) -> Option<Country> {
        match self {
            Self::Document => of_document,
            Self::Of(country) => Some(country),
            Self::Unknown => None,
        }
    }
}

impl Validity {
    /// As the document says it, on `today`. A day that no calendar has is not known.
    fn from(self, today: civil::Date) -> Option<Expires> {
        let day = match self {
            Self::Long => today.checked_add(10.years()).ok(),
            Self::Days(days) => today.checked_add(i64::from(days).days()).ok(),
            Self::On(day) => Some(day),
            Self::Never => return Some(Expires::Never),
            Self::Unknown => None,
        };
        day.map(Expires::On)
    }
}

fn aml(lists: &[AmlList]) -> Aml {
    let mut aml = Aml { sanctions: AmlStatus::Clear, pep: AmlStatus::Clear, adverse_media: AmlStatus::Clear };
    for list in lists {
        match list {
            AmlList::Sanctions => aml.sanctions = AmlStatus::Hit,
            AmlList::Pep => aml.pep = AmlStatus::Hit,
            AmlList::AdverseMedia => aml.adverse_media = AmlStatus::Hit,
            // Which list it is of makes no difference: take one that has no entry.
            AmlList::FalsePositive => {
                let lists = [&mut aml.sanctions, &mut aml.adverse_media, &mut aml.pep];
                if let Some(list) = lists.into_iter().find(|list| **list == AmlStatus::Clear) {
                    *list = AmlStatus::FalsePositive;
                }
            }
        }
    }
    aml
}
