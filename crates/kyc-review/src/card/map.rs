//! Every country, and whether documents of it are accepted.

use kyc_core::{Country, DocumentType};
use kyc_policy::Sections;
use serde::Serialize;

use super::Context;
use super::regions::{Region, region};

/// A country on the map of a policy.
#[derive(Clone, Debug, Serialize)]
pub struct Place {
    /// The alpha-2 code.
    pub code: &'static str,
    /// The name in English.
    pub name: &'static str,
    /// Where it is.
    pub region: Region,
    /// Whether documents of it are accepted.
    pub standing: Standing,
    /// The document types that are accepted of it, in the words of policies.
    pub documents: Vec<&'static str>,
}

/// Whether documents of a country are accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// They are: those that are accepted of most countries.
    Accepted,
    /// They are, though others than of most countries.
    OtherDocuments,
    /// They are not.
    NotAccepted,
    /// They are not, since the folder denies them to every policy.
    Denied,
}

pub(super) fn places(sections: &Sections, context: &Context) -> Vec<Place> {
    Country::all().map(|country| place(country, sections, context)).collect()
}

fn place(country: Country, sections: &Sections, context: &Context) -> Place {
    let standing = standing(country, sections, context);
    let documents = sections.accepted_from(country).iter().map(DocumentType::as_str).collect();
    Place { code: country.code(), name: country.name(), region: region(country), standing, documents }
}

fn standing(country: Country, sections: &Sections, context: &Context) -> Standing {
    let default = sections.documents.default;
    if context.denied.contains(country) {
        Standing::Denied
    } else if !sections.countries.effective().contains(country) {
        Standing::NotAccepted
    } else if default.is_none() || sections.documents.row(country) == default {
        Standing::Accepted
    } else {
        Standing::OtherDocuments
    }
}
