//! The facts that a case can state: one key, one change of an unremarkable applicant.

use jiff::Timestamp;
use kyc_core::{Country, DocumentResult, DocumentType, FaceResult, Flag, SessionStatus};
use kyc_policy::{AmlList, Applicant, Birth, ResultTag, Validity, Whence};

kyc_core::vocabulary! {
    /// A fact by the key under which cases state it.
    pub(crate) enum FactKey {
        /// The country that issued the document.
        Country = "country",
        /// The type of the document.
        Document = "document",
        /// The age in whole years.
        Age = "age",
        /// The day, month or year of birth.
        Birth = "birth",
        /// The nationality.
        Nationality = "nationality",
        /// The country of the address on the internet.
        IpCountry = "ip_country",
        /// Until when the document is valid.
        Expires = "expires",
        /// Tags of the vendor.
        Tags = "tags",
        /// Lists that have an entry.
        Aml = "aml",
        /// What the vendor says as a whole.
        Status = "status",
        /// What became of the document.
        DocumentResult = "document_result",
        /// What became of the face.
        FaceResult = "face_result",
        /// Checks that left no trace.
        Untraced = "untraced",
        /// Whether the vendor calls the result final.
        Final = "final",
        /// When the session began.
        Started = "started",
        /// When the session ended.
        Finished = "finished",
    }
}

impl FactKey {
    /// What it means and takes, in a sentence.
    pub(crate) const fn meaning(self) -> &'static str {
        match self {
            Self::Country => "The country that issued the document. Not known if it is not given.",
            Self::Document => "The type of the document, or the e-ID. Not known if it is not given.",
            Self::Age => "The age in whole years. Not known if neither it nor `birth` is given.",
            Self::Birth => "The day, month or year of birth: `2008-05-16`, `2008-05` or `2008`.",
            Self::Nationality => "The nationality; that of the document if it is not given.",
            Self::IpCountry => {
                "The country of the internet address; that of the document if it is not given."
            }
            Self::Expires => {
                "A day, days that remain such as `29d`, `never` or `unknown`; in ten years if not given."
            }
            Self::Tags => "Tags of the vendor; none if they are not given.",
            Self::Aml => "Lists that have an entry; none if they are not given.",
            Self::Status => "What the vendor says as a whole; `APPROVED` if it is not given.",
            Self::DocumentResult => "What became of the document; `DOC_VALIDATED` if it is not given.",
            Self::FaceResult => "What became of the face; `FACE_MATCH` if it is not given.",
            Self::Untraced => "Checks that left no trace; none if they are not given.",
            Self::Final => "Whether the vendor calls it final; `true` if it is not given.",
            Self::Started => "When the session began; `now` if it is not given.",
            Self::Finished => "When the session ended; `now` if it is not given.",
        }
    }
}

/// One fact.
#[derive(Clone, Debug)]
pub(crate) enum Fact {
    Country(Option<Country>),
    Document(Option<DocumentType>),
    Birth(Option<Birth>),
    Nationality(Whence),
    IpCountry(Whence),
    Expires(Validity),
    Tags(Vec<ResultTag>),
    Aml(Vec<AmlList>),
    Status(SessionStatus),
    DocumentResult(DocumentResult),
    FaceResult(FaceResult),
    Untraced(Vec<Flag>),
    Final(bool),
    Started(Timestamp),
    Finished(Timestamp),
}

impl Fact {
    pub(crate) fn apply(&self, applicant: &mut Applicant) {
        match self {
            Self::Country(country) => applicant.country = *country,
            Self::Document(document) => applicant.document = *document,
            Self::Birth(birth) => applicant.birth = *birth,
            Self::Nationality(whence) => applicant.nationality = *whence,
            Self::IpCountry(whence) => applicant.ip_country = *whence,
            Self::Expires(validity) => applicant.expires = *validity,
            Self::Tags(tags) => applicant.tags.clone_from(tags),
            Self::Aml(lists) => applicant.aml.clone_from(lists),
            Self::Status(status) => applicant.status = status.clone(),
            Self::DocumentResult(result) => applicant.document_result = result.clone(),
            Self::FaceResult(result) => applicant.face_result = result.clone(),
            Self::Untraced(flags) => applicant.untraced.clone_from(flags),
            Self::Final(is_final) => applicant.is_final = *is_final,
            Self::Started(moment) => applicant.started = Some(*moment),
            Self::Finished(moment) => applicant.finished = Some(*moment),
        }
    }

    /// The applicant of whom nothing is said under `key`.
    pub(crate) fn forget(key: FactKey, applicant: &mut Applicant) {
        let fresh = Applicant::default();
        match key {
            FactKey::Country => applicant.country = fresh.country,
            FactKey::Document => applicant.document = fresh.document,
            FactKey::Age | FactKey::Birth => applicant.birth = fresh.birth,
            FactKey::Nationality => applicant.nationality = fresh.nationality,
            FactKey::IpCountry => applicant.ip_country = fresh.ip_country,
            FactKey::Expires => applicant.expires = fresh.expires,
            FactKey::Tags => applicant.tags = fresh.tags,
            FactKey::Aml => applicant.aml = fresh.aml,
            FactKey::Status => applicant.status = fresh.status,
            FactKey::DocumentResult => applicant.document_result = fresh.document_result,
            FactKey::FaceResult => applicant.face_result = fresh.face_result,
            FactKey::Untraced => applicant.untraced = fresh.untraced,
            FactKey::Final => applicant.is_final = fresh.is_final,
            FactKey::Started => applicant.started = fresh.started,
            FactKey::Finished => applicant.finished = fresh.finished,
        }
    }
}
