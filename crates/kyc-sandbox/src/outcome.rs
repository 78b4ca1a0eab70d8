//! How a session ended, and what the vendor says of its checks then.

use serde_json::{Map, Value, json};

/// How a session ended. Only a dummy status ends one here: nobody goes through the checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Approved,
    Denied,
    Suspected,
    Expired,
}

impl Outcome {
    /// What `dummyStatus` asks for.
    pub(crate) fn of_dummy(status: &str) -> Option<Self> {
        match status {
            "APPROVED" => Some(Self::Approved),
            "DENIED" => Some(Self::Denied),
            "SUSPECTED" => Some(Self::Suspected),
            "EXPIRED" => Some(Self::Expired),
            _ => None,
        }
    }

    pub(crate) const fn status(self) -> &'static str {
        match self {
            Self::Approved => "APPROVED",
            Self::Denied => "DENIED",
            Self::Suspected => "SUSPECTED",
            Self::Expired => "EXPIRED",
        }
    }

    /// Whether there were checks, and so data.
    pub(crate) fn has_result(self) -> bool {
        self != Self::Expired
    }
}

/// The fields of `/api/v2/status` about the checks. Nobody reviews here, so the manual ones are always null.
pub(crate) fn checks(outcome: Option<Outcome>, document_only: bool) -> Map<String, Value> {
    // A suspected session passed its checks and carries at least one tag. A denied one is the vendor's sample of a
    // swapped face; without a face check, of an expired document.
    let (document, face, tags) = match outcome {
        Some(Outcome::Approved) => (json!("DOC_VALIDATED"), json!("FACE_MATCH"), json!([])),
        Some(Outcome::Suspected) => (json!("DOC_VALIDATED"), json!("FACE_MATCH"), json!(["NAME"])),
        Some(Outcome::Denied) if document_only => (json!("DOC_EXPIRED"), Value::Null, json!([])),
        Some(Outcome::Denied) => (json!("DOC_VALIDATED"), json!("FACE_MISMATCH"), json!([])),
        Some(Outcome::Expired) | None => (Value::Null, Value::Null, json!([])),
    };
    let face = if document_only && !document.is_null() { json!("FACE_NOT_CHECKED") } else { face };
    Map::from_iter([
        ("autoDocument".to_owned(), document),
        ("autoFace".to_owned(), face),
        ("manualDocument".to_owned(), Value::Null),
        ("manualFace".to_owned(), Value::Null),
        ("fraudTags".to_owned(), json!([])),
        ("mismatchTags".to_owned(), tags),
    ])
}
