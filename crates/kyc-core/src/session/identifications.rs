//! The vendor's list of a client's sessions.

use serde_json::{Map, Value};

use super::lenient;
use super::scan_ref::ScanRef;
use super::status::SessionStatus;
use crate::response::ResponseError;

/// Of the rows of one answer.
const MAX_ROWS: usize = 1000;

/// One page of a client's sessions.
///
/// Of the vendor's addresses of the neighbouring pages only their existence is kept: they hold the client's identifier,
/// and an address out of an answer is not one to send credentials to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identifications {
    /// How many there are on all pages.
    pub count: u64,
    /// Whether there is a page after this one.
    pub has_next: bool,
    /// Whether there is a page before this one.
    pub has_previous: bool,
    /// The sessions on this page, in the vendor's order.
    pub results: Vec<Identification>,
}

/// One session in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identification {
    /// Which session.
    pub scan_ref: ScanRef,
    /// Where it stands; `None` if the vendor does not say.
    pub status: Option<SessionStatus>,
    /// Whether the vendor suspects something; `None` if it does not say.
    pub suspected: Option<bool>,
}

impl Identifications {
    /// Reads the answer of the list call. Unknown fields are ignored and unknown words kept.
    pub fn from_wire(body: &[u8]) -> Result<Self, ResponseError> {
        let mut json = lenient::object(body)?;
        let rows = match json.remove("results") {
            Some(Value::Array(rows)) if rows.len() <= MAX_ROWS => rows,
            _ => return Err(ResponseError::Field("results")),
        };
        let has = |name: &str| matches!(json.get(name), Some(Value::String(url)) if !url.is_empty());
        Ok(Self {
            count: json.get("count").and_then(Value::as_u64).ok_or(ResponseError::Field("count"))?,
            has_next: has("next"),
            has_previous: has("previous"),
            results: rows.into_iter().map(row).collect::<Result<_, _>>()?,
        })
    }
}

fn row(row: Value) -> Result<Identification, ResponseError> {
    let mut json: Map<String, Value> = match row {
        Value::Object(json) => json,
        _ => return Err(ResponseError::Field("results")),
    };
    Ok(Identification {
        scan_ref: lenient::scan_ref(&mut json)?,
        status: lenient::word(&mut json, "status", SessionStatus::from_word)?,
        suspected: lenient::flag(json.remove("suspected")).map_err(|_| ResponseError::Field("suspected"))?,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(body: &Value) -> Result<Identifications, ResponseError> {
        Identifications::from_wire(body.to_string().as_bytes())
    }

    #[test]
    fn rows_are_read_and_addresses_are_not_kept() {
        let page = read(&json!({
            "count": 3, "next": "https://a.example/?clientId=Zelda&page=2", "previous": null,
            "results": [
                { "scanRef": "s-1", "status": "EXPIRED-DELETED", "suspected": false, "brandNew": 1 },
                { "scanRef": "s-2", "status": "NEW" },
            ],
        }))
        .unwrap();
        assert_eq!((page.count, page.has_next, page.has_previous), (3, true, false));
        let statuses: Vec<_> = page.results.iter().map(|row| row.status.clone().unwrap()).collect();
        assert_eq!(statuses, [SessionStatus::ExpiredDeleted, SessionStatus::from_word("NEW")]);
        assert_eq!(page.results.last().unwrap().suspected, None);
        assert!(!format!("{page:?}").contains("Zelda"));
    }

    #[test]
    fn what_cannot_be_used_is_an_error_that_names_the_field() {
        for (body, field) in [
            (json!({}), "results"),
            (json!({ "results": {} }), "results"),
            (json!({ "results": [] }), "count"),
            (json!({ "results": [1], "count": 1 }), "results"),
            (json!({ "results": [{}], "count": 1 }), "scanRef"),
            (json!({ "results": [{ "scanRef": "s", "suspected": 1 }], "count": 1 }), "suspected"),
            (json!({ "results": vec![json!({ "scanRef": "s" }); 1001], "count": 1 }), "results"),
        ] {
            assert_eq!(read(&body).unwrap_err(), ResponseError::Field(field));
        }
    }
}
