//! What the vendor knows about the client of a session.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::data_field::DataField;
use super::lenient::{self, Unusable};
use super::personal_text::PersonalText;
use super::scan_ref::ScanRef;
use super::step_value::{StepMatch, StepValue};
use super::vendor_word::VendorWord;
use crate::response::ResponseError;

/// Of each list of duplicates, and of the values of all additional steps.
const MAX_ENTRIES: usize = 500;

/// What the vendor read, compared and estimated about the client.
///
/// It neither prints nor serialises: every text is reached through [`PersonalText::expose`]. Absent, null and empty
/// values are `None`. A value of another form than documented is no error; it is named in [`SessionData::unusable`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionData {
    /// Which session.
    pub scan_ref: ScanRef,
    /// The caller's identifier of the client, as the vendor has it.
    pub client_id: Option<PersonalText>,
    /// Whether a reviewer corrected what was read.
    pub manually_changed: Option<bool>,
    /// Whether the address that a reviewer read is the one that was given.
    pub manual_address_match: Option<bool>,
    /// Sessions with the same face.
    pub duplicate_faces: Vec<ScanRef>,
    /// Sessions with the same face on the document.
    pub duplicate_doc_faces: Vec<ScanRef>,
    /// What was read in additional steps.
    pub steps: Vec<StepValue>,
    texts: BTreeMap<DataField, PersonalText>,
    unusable: Vec<&'static str>,
}

impl SessionData {
    /// Reads the answer of the data call: the fields themselves, or a `data` object with them.
    ///
    /// The vendor's documents disagree about the place of some fields, so each is looked for in `data` and beside it.
    /// Unknown fields are ignored.
    pub fn from_wire(body: &[u8]) -> Result<Self, ResponseError> {
        let mut root = lenient::object(body)?;
        let scan_ref = match root.remove("data") {
            Some(Value::Object(mut inner)) => {
                let outer = lenient::scan_ref(&mut root);
                let scan_ref = outer.or_else(|_| lenient::scan_ref(&mut inner))?;
                root.extend(inner.into_iter().filter(|(_, value)| !is_empty(value)));
                scan_ref
            }
            _ => lenient::scan_ref(&mut root)?,
        };
        let mut unusable = Vec::new();
        let mut texts = BTreeMap::new();
        for field in DataField::ALL {
            if let Some(text) = note(&mut unusable, field.as_str(), lenient::text, &mut root) {
                texts.insert(*field, text);
            }
        }
        Ok(Self {
            scan_ref,
            client_id: note(&mut unusable, "clientId", lenient::text, &mut root),
            manually_changed: note(&mut unusable, "manuallyDataChanged", lenient::flag, &mut root),
            manual_address_match: note(&mut unusable, "manualAddressMatch", lenient::flag, &mut root),
            duplicate_faces: note(&mut unusable, "duplicateFaces", scan_refs, &mut root).unwrap_or_default(),
            duplicate_doc_faces: note(&mut unusable, "duplicateDocFaces", scan_refs, &mut root)
                .unwrap_or_default(),
            steps: note(&mut unusable, "additionalData", steps, &mut root).unwrap_or_default(),
            texts,
            unusable,
        })
    }

    /// The text of a field, if the vendor has one.
    pub fn text(&self, field: DataField) -> Option<&PersonalText> {
        self.texts.get(&field)
    }

    /// Names of fields that hold something which cannot be used: of another type than documented, or too long.
    ///
    /// For them "the vendor has none" would be wrong.
    pub fn unusable(&self) -> &[&'static str] {
        &self.unusable
    }
}

/// Takes a field, or notes that it cannot be used.
fn note<T>(
    unusable: &mut Vec<&'static str>,
    name: &'static str,
    read: impl FnOnce(Option<Value>) -> Result<Option<T>, Unusable>,
    json: &mut Map<String, Value>,
) -> Option<T> {
    read(json.remove(name)).unwrap_or_else(|Unusable| {
        unusable.push(name);
        None
    })
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

fn scan_refs(value: Option<Value>) -> Result<Option<Vec<ScanRef>>, Unusable> {
    match value {
        None => Ok(None),
        Some(value) if is_empty(&value) => Ok(None),
        Some(Value::Array(list)) if list.len() <= MAX_ENTRIES => {
            let read = |one: &Value| one.as_str().and_then(|text| ScanRef::new(text).ok()).ok_or(Unusable);
            list.iter().map(read).collect::<Result<_, _>>().map(Some)
        }
        Some(_) => Err(Unusable),
    }
}

fn steps(value: Option<Value>) -> Result<Option<Vec<StepValue>>, Unusable> {
    let steps = match value {
        None => return Ok(None),
        Some(value) if is_empty(&value) => return Ok(None),
        Some(Value::Object(steps)) => steps,
        Some(_) => return Err(Unusable),
    };
    let mut values = Vec::new();
    for (step, fields) in steps {
        let fields = match fields {
            Value::Object(fields) => fields,
            fields if is_empty(&fields) => continue,
            _ => return Err(Unusable),
        };
        for (field, value) in fields {
            if values.len() == MAX_ENTRIES {
                return Err(Unusable);
            }
            values.push(step_value(&step, &field, value)?);
        }
    }
    Ok(Some(values))
}

/// `{"value", "status"}`, or the value alone, which is how it is sent.
fn step_value(step: &str, field: &str, value: Value) -> Result<StepValue, Unusable> {
    let (value, status) = match value {
        Value::Object(mut found) => {
            let status = lenient::word(&mut found, "status", StepMatch::from_word).map_err(|_| Unusable)?;
            (found.remove("value"), status)
        }
        value => (Some(value), None),
    };
    let value = lenient::text(value)?;
    Ok(StepValue { step: VendorWord::new(step), field: VendorWord::new(field), value, status })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(body: Value) -> SessionData {
        SessionData::from_wire(body.to_string().as_bytes()).unwrap()
    }

    fn text(data: &SessionData, field: DataField) -> Option<&str> {
        data.text(field).map(PersonalText::expose)
    }

    #[test]
    fn there_are_34_texts() {
        assert_eq!(DataField::ALL.len(), 34);
    }

    #[test]
    fn fields_are_found_in_either_place() {
        let fields = json!({
            "docFirstName": "Zelda", "docNumber": 12_345, "manualAddress": "1 Main St", "manualAddressMatch": true,
            "duplicateFaces": ["s-2"], "manuallyDataChanged": false,
            "additionalData": { "UTILITY_BILL": { "address": { "value": "1 Main St", "status": "MATCH" } } },
        });
        let mut flat = fields.clone();
        flat["scanRef"] = json!("s-1");
        let mut split = json!({ "scanRef": "s-1", "data": fields });
        for misplaced in ["additionalData", "manualAddress"] {
            split[misplaced] = split["data"][misplaced].take();
        }
        let flat = read(flat);
        assert_eq!(flat, read(json!({ "scanRef": "s-1", "data": fields })));
        assert_eq!(flat, read(split));
        assert_eq!(text(&flat, DataField::DocFirstName), Some("Zelda"));
        assert_eq!(text(&flat, DataField::DocNumber), Some("12345"));
        assert_eq!(text(&flat, DataField::ManualAddress), Some("1 Main St"));
        assert_eq!((flat.manual_address_match, flat.manually_changed), (Some(true), Some(false)));
        assert_eq!(flat.duplicate_faces, [ScanRef::new("s-2").unwrap()]);
        let [step] = flat.steps.as_slice() else { panic!("{flat:?}") };
        assert_eq!((step.step.as_str(), step.field.as_str()), ("UTILITY_BILL", "address"));
        assert_eq!((step.status.as_ref(), flat.unusable()), (Some(&StepMatch::Match), &[][..]));
    }

    #[test]
    fn absent_null_and_empty_are_none() {
        let bare = read(json!({ "scanRef": "s-1" }));
        for none in [json!(null), json!("")] {
            let mut body = json!({ "scanRef": "s-1", "clientId": none, "duplicateFaces": none,
                "manuallyDataChanged": none, "additionalData": none, "brandNew": [1] });
            for field in DataField::ALL {
                body[field.as_str()] = none.clone();
            }
            assert_eq!(read(body), bare);
        }
        assert_eq!(read(json!({ "scanRef": "s-1", "additionalData": [], "data": null })), bare);
        for none in [json!(null), json!(""), json!([]), json!({})] {
            let data =
                read(json!({ "scanRef": "s-1", "additionalData": { "EMPTY": none, "BILL": { "no": "7" } } }));
            let steps: Vec<_> = data.steps.iter().map(|value| value.step.as_str()).collect();
            assert_eq!((steps, data.unusable()), (vec!["BILL"], &[][..]));
        }
    }

    #[test]
    fn what_cannot_be_used_is_named_and_spoils_nothing_else() {
        for (name, value) in [
            ("docFirstName", json!({})),
            ("docFirstName", json!(1.5)),
            ("docFirstName", json!("x".repeat(1001))),
            ("manuallyDataChanged", json!("yes")),
            ("duplicateFaces", json!(["../x"])),
            ("duplicateDocFaces", json!(vec!["s"; 501])),
            ("additionalData", json!("x")),
            ("additionalData", json!({ "S": "x" })),
            ("additionalData", json!({ "S": { "f": { "status": 1 } } })),
            ("clientId", json!([1])),
        ] {
            let mut body = json!({ "scanRef": "s-1", "docLastName": "Fitz" });
            body[name] = value;
            let data = read(body);
            assert_eq!(data.unusable(), [name]);
            assert_eq!(text(&data, DataField::DocLastName), Some("Fitz"));
        }
    }

    #[test]
    fn an_answer_without_its_session_is_an_error() {
        for body in ["{}", r#"{"message":"no"}"#, r#"{"scanRef":"../x"}"#] {
            assert_eq!(
                SessionData::from_wire(body.as_bytes()).unwrap_err(),
                ResponseError::Field("scanRef"),
                "{body}"
            );
        }
    }

    #[test]
    fn nothing_personal_prints() {
        let data = read(json!({ "scanRef": "s-1", "clientId": "Zelda", "docFirstName": "Zelda",
            "additionalData": { "BILL": { "address": "Zelda" } } }));
        let shown = format!("{data:?} {data:#?}");
        assert!(shown.contains("s-1") && !shown.contains("Zelda"), "{shown}");
    }
}
