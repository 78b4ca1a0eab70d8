//! The few figures that people look for first.

use kyc_core::{DocumentType, TokenType};
use kyc_policy::{Countries, DocumentScope, Outcome, Sections};

use super::{Figure, cell};
use crate::words;

/// How many document types are named rather than counted.
const FEW: usize = 2;

pub(super) fn figures(sections: &Sections) -> Vec<Figure> {
    let figure = |label, value: String| Figure { label, value };
    vec![
        figure("Countries", countries(sections.countries)),
        figure("Documents", documents(sections)),
        figure("Age", age(sections)),
        figure("Face", face(sections.token.token_type).to_owned()),
        figure("Outside the bounds", outside(sections.verdict.outside).to_owned()),
    ]
}

fn countries(countries: Countries) -> String {
    let all = countries.effective();
    match (countries, all.single()) {
        (Countries::AnyBut(except), _) if except.is_empty() => "All".to_owned(),
        (Countries::AnyBut(except), _) => format!("All but {}", except.len()),
        (Countries::Listed(_), Some(only)) => only.name().to_owned(),
        (Countries::Listed(_), None) => all.len().to_string(),
    }
}

fn documents(sections: &Sections) -> String {
    match sections.documents.union(sections.countries) {
        DocumentScope::Any => "Any kind".to_owned(),
        DocumentScope::Listed(documents) if documents.len() <= FEW => {
            cell(&words::either(documents.iter().map(DocumentType::noun)))
        }
        DocumentScope::Listed(documents) => format!("{} kinds", documents.len()),
    }
}

fn age(sections: &Sections) -> String {
    match (sections.age.min(), sections.age.max()) {
        (None, None) => "Any".to_owned(),
        (Some(min), None) => format!("{} or over", min.get()),
        (None, Some(max)) => format!("{} or under", max.get()),
        (Some(min), Some(max)) => format!("{} to {}", min.get(), max.get()),
    }
}

const fn face(token: TokenType) -> &'static str {
    match token {
        TokenType::Identification => "Selfie compared",
        TokenType::Document => "No selfie",
    }
}

const fn outside(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Accept => "Accepted",
        Outcome::Review => "Reviewed",
        Outcome::Reject => "Refused",
    }
}
