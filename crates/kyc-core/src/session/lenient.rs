//! Reading answers leniently: absent, null and empty are one, and what is new does no harm.

use serde_json::{Map, Value};

use super::personal_text::PersonalText;
use super::scan_ref::ScanRef;
use super::vendor_word::VendorWord;
use crate::response::ResponseError;

/// Of every list of words in an answer.
pub(crate) const MAX_WORDS: usize = 200;

/// A value that is there and is not what it should be.
#[derive(Debug)]
pub(crate) struct Unusable;

/// The body of an answer.
pub(crate) fn object(body: &[u8]) -> Result<Map<String, Value>, ResponseError> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(json)) => Ok(json),
        _ => Err(ResponseError::NotAnObject),
    }
}

/// Takes a reference that must be there.
pub(crate) fn scan_ref(json: &mut Map<String, Value>) -> Result<ScanRef, ResponseError> {
    match json.remove("scanRef") {
        Some(Value::String(text)) => ScanRef::new(text).ok(),
        _ => None,
    }
    .ok_or(ResponseError::Field("scanRef"))
}

/// Takes a word of an open vocabulary.
pub(crate) fn word<T>(
    json: &mut Map<String, Value>,
    name: &'static str,
    read: impl FnOnce(&str) -> T,
) -> Result<Option<T>, ResponseError> {
    match json.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok((!text.is_empty()).then(|| read(&text))),
        Some(_) => Err(ResponseError::Field(name)),
    }
}

/// Takes a list of words. One that is too long is refused as a whole: a word that is dropped could be the one that
/// matters.
pub(crate) fn words(
    json: &mut Map<String, Value>,
    name: &'static str,
) -> Result<Vec<VendorWord>, ResponseError> {
    let words = match json.remove(name) {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::String(text)) if text.is_empty() => return Ok(Vec::new()),
        Some(Value::Array(words)) if words.len() <= MAX_WORDS => words,
        Some(_) => return Err(ResponseError::Field(name)),
    };
    words.iter().map(|word| word.as_str().map(VendorWord::new).ok_or(ResponseError::Field(name))).collect()
}

/// A text about a person. The vendor is known to take whole numbers for texts, so it may answer with one.
pub(crate) fn text(value: Option<Value>) -> Result<Option<PersonalText>, Unusable> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.is_empty() => Ok(None),
        Some(Value::String(text)) => PersonalText::new(text).map(Some).ok_or(Unusable),
        Some(Value::Number(number)) if !number.is_f64() => Ok(PersonalText::new(number.to_string())),
        Some(_) => Err(Unusable),
    }
}

/// Yes or no.
pub(crate) fn flag(value: Option<Value>) -> Result<Option<bool>, Unusable> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.is_empty() => Ok(None),
        Some(Value::Bool(flag)) => Ok(Some(flag)),
        Some(_) => Err(Unusable),
    }
}
