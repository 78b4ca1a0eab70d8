//! A witness in plain words.

use std::fmt;

use kyc_core::{Country, DocumentType, Flag};

use super::Witness;
use crate::field::{FIELDS, Shape};
use crate::judge::Facts;
use crate::sections::AmlList;
use crate::tags::Tag;

/// What it is about a made-up applicant that two policies judge differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trait {
    /// The document, of this country or of an unknown one.
    Document(Option<Country>, DocumentType),
    /// The age in whole years.
    Age(u32),
    /// The nationality.
    Nationality(Country),
    /// The country of the internet address.
    IpCountry(Country),
    /// For how many more days the document is valid.
    ValidFor(u32),
    /// The document has no expiry date.
    NeverExpires,
    /// The document has expired: the plainest case of something outside the policy.
    Expired,
    /// A tag of the vendor.
    Tag(Tag),
    /// A tag that this release does not know.
    UnknownTag,
    /// An entry on a list.
    List(AmlList),
    /// Nobody has compared the face.
    FaceNotCompared,
    /// Nothing shows that a check was made.
    Untraced(Flag),
}

impl Witness {
    /// The applicant alone, such as `a 17-year-old with a driving licence of Brazil`.
    pub fn applicant(&self) -> String {
        let document = document(&self.facts);
        match self.about {
            Trait::Age(age) => format!("{} {age}-year-old with {document}", article(age)),
            Trait::Nationality(country) => {
                format!("a national of {} with {document}", country.in_words())
            }
            Trait::IpCountry(country) => {
                format!("somebody at an internet address of {} with {document}", country.in_words())
            }
            about => format!("somebody with {document}{}", rest(about)),
        }
    }
}

impl fmt::Display for Witness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: was {}, now {}", self.applicant(), self.was, self.now)
    }
}

fn rest(about: Trait) -> String {
    match about {
        Trait::ValidFor(0) => " that is valid through today".to_owned(),
        Trait::ValidFor(1) => " that is valid for 1 more day".to_owned(),
        Trait::ValidFor(days) => format!(" that is valid for {days} more days"),
        Trait::NeverExpires => " without an expiry date".to_owned(),
        Trait::Expired => " that has expired".to_owned(),
        Trait::Tag(tag) => format!(" and the tag `{tag}`"),
        Trait::UnknownTag => " and a tag that nobody knows yet".to_owned(),
        Trait::List(AmlList::FalsePositive) => " and an entry on a list that is somebody else's".to_owned(),
        Trait::List(list) => format!(" and an entry on the list `{list}`"),
        Trait::FaceNotCompared => " whose face nobody has compared with it".to_owned(),
        Trait::Untraced(flag) => format!(" where nothing shows that `{}` was in force", key(flag)),
        Trait::Document(..) | Trait::Age(_) | Trait::Nationality(_) | Trait::IpCountry(_) => String::new(),
    }
}

fn document(facts: &Facts) -> String {
    let document = facts.document_type.map_or_else(|| "a document".to_owned(), DocumentType::with_article);
    match facts.issuing_country {
        Some(country) => format!("{document} of {}", country.in_words()),
        None => format!("{document} of an unknown country"),
    }
}

/// The article of an age as it is spoken.
const fn article(age: u32) -> &'static str {
    if matches!(age, 8 | 11 | 18 | 80..=89) { "an" } else { "a" }
}

fn key(flag: Flag) -> &'static str {
    let field = FIELDS.iter().find(|field| field.shape == Shape::Flag(flag));
    field.map_or("", |field| field.key)
}
