//! Further uploads.

use kyc_core::{Extra, Step, StepPlace, StepType};

use super::{join, quoted};

/// What is asked for beside document and selfie.
pub fn steps(extra: &Extra) -> String {
    match extra {
        Extra::Account => "further documents as the vendor account is set".to_owned(),
        Extra::UtilityBill(true) => "a proof of address".to_owned(),
        Extra::UtilityBill(false) => "no proof of address".to_owned(),
        Extra::Steps(steps) => steps.iter().map(|(place, of)| step(place, of)).collect::<Vec<_>>().join("; "),
    }
}

/// One further upload: what it is called, what is done with it and whom it is asked of.
pub fn step(place: &StepPlace, step: &Step) -> String {
    let fields = join(step.fields.iter().map(|field| quoted(field)));
    let done = match (step.kind, fields.is_empty()) {
        (Some(StepType::Upload), _) => "is kept".to_owned(),
        (Some(StepType::Extract), true) => "is read".to_owned(),
        (Some(StepType::Extract), false) => format!("is read for {fields}"),
        (Some(StepType::Compare), true) => "is compared with what we brought".to_owned(),
        (Some(StepType::Compare), false) => format!("is compared with what we brought, in {fields}"),
        (None, _) => "is treated as the vendor account is set".to_owned(),
    };
    let whom = match (place.country, place.document) {
        (None, None) => String::new(),
        (Some(country), None) => format!(", for documents of {}", super::country(country)),
        (None, Some(document)) => format!(", for {}", document.plural()),
        (Some(country), Some(document)) => {
            format!(", for {} of {}", document.plural(), super::country(country))
        }
    };
    format!("{} {done}{whom}", step_name(place, step))
}

/// What the person reads of it, which says more than the vendor's name, in quotation marks.
pub fn step_name(place: &StepPlace, step: &Step) -> String {
    let english = step.texts.iter().find(|(locale, _)| locale.as_str() == "en").or(step.texts.first());
    quoted(english.map_or_else(|| place.name.as_str(), |(_, text)| &text.name))
}
