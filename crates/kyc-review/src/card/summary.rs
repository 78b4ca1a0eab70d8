//! The whole policy in a few sentences.

use kyc_core::{CountrySet, DocumentType, TokenType};
use kyc_policy::{Countries, DocumentScope, Sections};

use super::{Context, checks, governance, sentence};
use crate::words;

pub(super) fn summary(sections: &Sections, context: &Context) -> Vec<String> {
    let mut sentences = vec![sentence(&who(sections, context))];
    if !words::own_rows(sections).is_empty() {
        sentences.push(sentence("which documents are accepted depends on the country"));
    }
    let outside = words::outcome(sections.verdict.outside);
    sentences.push(sentence(&format!("whoever falls outside these bounds is {outside}")));
    if !governance::is_in_force(sections.governance.special.effective, context) {
        sentences.push(sentence("no session is opened under it today"));
    }
    let silent = checks::left_to_account(sections).len();
    if silent > 0 {
        let checks = words::count(silent, "check is", "checks are");
        let text = format!(
            "{checks} left to the settings of the vendor account, for which this policy cannot vouch"
        );
        sentences.push(sentence(&text));
    }
    sentences
}

fn who(sections: &Sections, context: &Context) -> String {
    let age = words::age(sections.age);
    let document = match sections.documents.union(sections.countries) {
        DocumentScope::Any => "an identity document of any kind".to_owned(),
        DocumentScope::Listed(documents) => words::either(documents.iter().map(DocumentType::with_article)),
    };
    let face = match sections.token.token_type {
        TokenType::Identification => ", and whose selfie shows the person in it",
        TokenType::Document => ". No selfie is taken",
    };
    let and = if face.starts_with(',') { ", who" } else { " and" };
    let country = issued_by(sections.countries, context);
    format!("a person passes who is {age}{and} shows {document} issued by {country}{face}")
}

fn issued_by(countries: Countries, context: &Context) -> String {
    match countries {
        Countries::Listed(set) => one_of(set, context),
        Countries::AnyBut(except) if except.is_empty() => "any country".to_owned(),
        Countries::AnyBut(except) => format!("any country but {}", context.groups.describe(except)),
    }
}

fn one_of(set: CountrySet, context: &Context) -> String {
    match set.len() {
        0..=words::FEW => words::either(words::names(set)),
        number => format!("one of {number} countries ({})", context.groups.describe(set)),
    }
}
