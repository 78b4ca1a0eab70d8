//! The vendor's answer to the question where a session stands.

use super::document_result::DocumentResult;
use super::face_result::FaceResult;
use super::lenient;
use super::personal_text::PersonalText;
use super::scan_ref::ScanRef;
use super::status::SessionStatus;
use super::vendor_word::VendorWord;
use crate::response::ResponseError;

/// Where a session stands, and what the automatic check and the reviewer said.
///
/// A result is `None` when the vendor leaves it out, sends null or an empty text: there is none yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionState {
    /// Which session.
    pub scan_ref: ScanRef,
    /// The caller's identifier of the client, as the vendor has it.
    pub client_id: Option<PersonalText>,
    /// The overall status.
    pub status: SessionStatus,
    /// The automatic check of the document.
    pub auto_document: Option<DocumentResult>,
    /// The automatic check of the face.
    pub auto_face: Option<FaceResult>,
    /// What the reviewer said of the document.
    pub manual_document: Option<DocumentResult>,
    /// What the reviewer said of the face.
    pub manual_face: Option<FaceResult>,
    /// Signs of fraud, such as `DUPLICATE_FACE`; `suspicionReasons` of older answers among them.
    pub fraud_tags: Vec<VendorWord>,
    /// What differs from the data that was given, such as `DATE_OF_BIRTH`.
    pub mismatch_tags: Vec<VendorWord>,
}

impl SessionState {
    /// Reads the answer of the status call. Unknown fields are ignored and unknown words kept.
    pub fn from_wire(body: &[u8]) -> Result<Self, ResponseError> {
        let mut json = lenient::object(body)?;
        let json = &mut json;
        let mut fraud_tags = lenient::words(json, "fraudTags")?;
        fraud_tags.extend(lenient::words(json, "suspicionReasons")?);
        Ok(Self {
            scan_ref: lenient::scan_ref(json)?,
            client_id: lenient::text(json.remove("clientId"))
                .map_err(|_| ResponseError::Field("clientId"))?,
            status: lenient::word(json, "status", SessionStatus::from_word)?
                .ok_or(ResponseError::Field("status"))?,
            auto_document: lenient::word(json, "autoDocument", DocumentResult::from_word)?,
            auto_face: lenient::word(json, "autoFace", FaceResult::from_word)?,
            manual_document: lenient::word(json, "manualDocument", DocumentResult::from_word)?,
            manual_face: lenient::word(json, "manualFace", FaceResult::from_word)?,
            fraud_tags,
            mismatch_tags: lenient::words(json, "mismatchTags")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn read(extra: Value) -> Result<SessionState, ResponseError> {
        let mut body = json!({ "scanRef": "s-1", "clientId": "Zelda", "status": "APPROVED" });
        if let (Value::Object(body), Value::Object(extra)) = (&mut body, extra) {
            body.extend(extra);
        }
        SessionState::from_wire(body.to_string().as_bytes())
    }

    #[test]
    fn absent_null_and_empty_are_no_result_yet() {
        let bare = read(json!({})).unwrap();
        assert_eq!((bare.auto_face.clone(), bare.fraud_tags.len()), (None, 0));
        for none in [json!(null), json!("")] {
            let state = read(json!({
                "autoDocument": none, "autoFace": none, "manualDocument": none, "manualFace": none,
                "fraudTags": none, "mismatchTags": none, "brandNew": { "a": 1 },
            }));
            assert_eq!(state.unwrap(), bare);
        }
    }

    #[test]
    fn unknown_words_are_kept() {
        let state = read(json!({
            "status": "PAUSED", "autoFace": "FACE_MATCH", "manualDocument": "DOC_NEW",
            "fraudTags": ["DUPLICATE_FACE", "NEW TAG"], "suspicionReasons": ["OLD"], "mismatchTags": ["NAME"],
        }))
        .unwrap();
        assert_eq!((state.status.as_str(), state.auto_face), ("PAUSED", Some(FaceResult::Match)));
        assert_eq!(state.manual_document.unwrap().as_str(), "DOC_NEW");
        assert_eq!(state.fraud_tags, ["DUPLICATE_FACE", "NEW?TAG", "OLD"]);
        assert_eq!(state.mismatch_tags, ["NAME"]);
    }

    #[test]
    fn what_cannot_be_used_is_an_error_that_names_the_field() {
        for (extra, field) in [
            (json!({ "scanRef": null }), "scanRef"),
            (json!({ "scanRef": "../x" }), "scanRef"),
            (json!({ "status": "" }), "status"),
            (json!({ "status": 1 }), "status"),
            (json!({ "autoFace": {} }), "autoFace"),
            (json!({ "fraudTags": [1] }), "fraudTags"),
            (json!({ "fraudTags": "DUPLICATE_FACE" }), "fraudTags"),
            (json!({ "mismatchTags": vec!["X"; 201] }), "mismatchTags"),
            (json!({ "clientId": {} }), "clientId"),
        ] {
            assert_eq!(read(extra.clone()).unwrap_err(), ResponseError::Field(field), "{extra}");
        }
        assert_eq!(SessionState::from_wire(b"[]").unwrap_err(), ResponseError::NotAnObject);
    }

    #[test]
    fn the_client_does_not_print() {
        let state = read(json!({})).unwrap();
        assert!(!format!("{state:?}").contains("Zelda"));
        assert_eq!(state.client_id.unwrap().expose(), "Zelda");
    }
}
