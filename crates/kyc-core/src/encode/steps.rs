//! Additional steps, and what a client is expected to have for them, as JSON in canonical form (RFC 8785).

use super::object::Object;
use super::value::{write_list, write_text, write_word};
use crate::steps::{Step, StepData, StepPlace, Steps};

impl Steps {
    /// The steps as they go over the wire, `country|ALL` -> `document|ALL` -> name -> step, in canonical form
    /// (RFC 8785). They hold no personal data.
    pub fn to_json(&self) -> String {
        let mut json = Vec::new();
        write_steps(&mut json, self);
        String::from_utf8(json).unwrap_or_default()
    }
}

/// The steps are sorted by country, document and name: those of one country stand together.
pub(super) fn write_steps(body: &mut Vec<u8>, steps: &Steps) {
    Object::write(body, |countries| {
        for of_country in steps.as_slice().chunk_by(|(a, _), (b, _)| a.country == b.country) {
            Object::write(countries.key(word(of_country, 0)), |documents| {
                for of_document in of_country.chunk_by(|(a, _), (b, _)| a.document == b.document) {
                    Object::write(documents.key(word(of_document, 1)), |names| {
                        for (place, step) in of_document {
                            write_step(names.key(place.name.as_str()), step);
                        }
                    });
                }
            });
        }
    });
}

/// The country (0) or the document (1) that the steps share.
fn word(steps: &[(StepPlace, Step)], index: usize) -> &str {
    steps.first().and_then(|(place, _)| place.words().get(index).copied()).unwrap_or_default()
}

fn write_step(body: &mut Vec<u8>, step: &Step) {
    let settings = [
        ("canCapture", step.can_capture),
        ("canUpload", step.can_upload),
        ("canUploadPDF", step.can_upload_pdf),
    ];
    Object::write(body, |object| {
        if !step.fields.is_empty() {
            write_list(object.key("fields"), step.fields.iter().map(AsRef::as_ref), write_text);
        }
        if settings.iter().any(|(_, allowed)| allowed.is_some()) {
            Object::write(object.key("settings"), |object| {
                for (name, allowed) in settings {
                    if let Some(allowed) = allowed {
                        object.key(name).extend_from_slice(if allowed { b"true" } else { b"false" });
                    }
                }
            });
        }
        if !step.texts.is_empty() {
            Object::write(object.key("texts"), |texts| {
                for (locale, text) in step.texts.iter() {
                    Object::write(texts.key(locale.as_str()), |object| {
                        write_text(object.key("description"), &text.description);
                        write_text(object.key("name"), &text.name);
                    });
                }
            });
        }
        if let Some(kind) = step.kind {
            write_word(object.key("type"), kind.as_str());
        }
    });
}

/// What a client is expected to have, by step and field.
pub(super) fn write_data(body: &mut Vec<u8>, data: &StepData) {
    Object::write(body, |steps| {
        for (step, fields) in data.expose() {
            Object::write(steps.key(step.as_str()), |object| {
                for (field, value) in fields {
                    write_text(object.any_key(field), value);
                }
            });
        }
    });
}
