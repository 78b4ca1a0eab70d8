//! The documents that a session allows, by country: `allowedDocuments`.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use crate::country::Country;
use crate::document::DocumentType;
use crate::session::VendorWord;
use crate::session::lenient::Unusable;

/// Of the countries, and of the documents of each. The vendor knows 250 countries and 36 document types.
const MAX_ENTRIES: usize = 500;

/// What the vendor says a client may choose: document types by issuing country or for all of them.
///
/// Whether it is the session's choice or the whole account's is not documented: the sample of an older revision of the
/// vendor's documentation shows one row, `ALL`, in an answer to a request that asks for no documents. Neither a country
/// nor a document is refused for being unknown. Its `Debug` shows no entry, since a row can tell the country that a
/// client is locked to.
#[derive(Clone, PartialEq, Eq)]
pub struct AllowedDocuments(BTreeMap<AllowedCountry, Vec<AllowedDocument>>);

/// What a row of [`AllowedDocuments`] is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AllowedCountry {
    /// `ALL`: every country; whether also one that has a row of its own is not documented.
    All,
    /// One country.
    Country(Country),
    /// A word that is not known here.
    Other(VendorWord),
}

/// A document type of [`AllowedDocuments`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AllowedDocument {
    /// A type that is known here.
    Known(DocumentType),
    /// A word that is not known here.
    Other(VendorWord),
}

impl AllowedCountry {
    /// Reads a word in either case, which is never refused: the vendor's samples write countries in both.
    pub fn from_word(word: &str) -> Self {
        match word.to_ascii_uppercase().as_str() {
            "ALL" => Self::All,
            upper => upper.parse().map_or_else(|_| Self::Other(VendorWord::new(word)), Self::Country),
        }
    }
}

impl AllowedDocument {
    /// Reads a word in either case, which is never refused.
    pub fn from_word(word: &str) -> Self {
        DocumentType::from_word(&word.to_ascii_uppercase())
            .map_or_else(|| Self::Other(VendorWord::new(word)), Self::Known)
    }
}

impl AllowedDocuments {
    /// Absent, null and an empty table are no statement.
    pub(super) fn read(value: Option<Value>) -> Result<Option<Self>, Unusable> {
        let table = match value {
            None | Some(Value::Null) => return Ok(None),
            Some(Value::Object(table)) if table.is_empty() => return Ok(None),
            Some(Value::Object(table)) if table.len() <= MAX_ENTRIES => table,
            Some(_) => return Err(Unusable),
        };
        let mut rows: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (country, documents) in table {
            let documents = match documents {
                Value::Null => Vec::new(),
                Value::Array(list) if list.len() <= MAX_ENTRIES => list,
                _ => return Err(Unusable),
            };
            let row = rows.entry(AllowedCountry::from_word(&country)).or_default();
            for document in documents {
                row.push(document.as_str().map(AllowedDocument::from_word).ok_or(Unusable)?);
            }
        }
        Ok(Some(Self(rows)))
    }

    /// The documents of one row, in the vendor's order; `None` if there is no such row.
    pub fn of(&self, country: &AllowedCountry) -> Option<&[AllowedDocument]> {
        self.0.get(country).map(Vec::as_slice)
    }

    /// All rows: `ALL` first, then countries by code, then unknown words.
    pub fn iter(&self) -> impl Iterator<Item = (&AllowedCountry, &[AllowedDocument])> {
        self.0.iter().map(|(country, documents)| (country, documents.as_slice()))
    }
}

impl fmt::Debug for AllowedDocuments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AllowedDocuments(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(value: Value) -> AllowedDocuments {
        AllowedDocuments::read(Some(value)).unwrap().unwrap()
    }

    #[test]
    fn known_and_unknown_words_are_kept() {
        let allowed =
            read(json!({ "ZZ": null, "lt": ["passport", "BRAND_NEW"], "ALL": ["ID_CARD"], "LT": ["VISA"] }));
        let lt = AllowedCountry::Country("LT".parse().unwrap());
        let rows: Vec<_> =
            allowed.iter().map(|(country, documents)| (country.clone(), documents.len())).collect();
        assert_eq!(
            rows,
            [(AllowedCountry::All, 1), (lt.clone(), 3), (AllowedCountry::Other(VendorWord::new("ZZ")), 0)]
        );
        for document in [
            AllowedDocument::Known(DocumentType::Passport),
            AllowedDocument::Known(DocumentType::Visa),
            AllowedDocument::Other(VendorWord::new("BRAND_NEW")),
        ] {
            assert!(allowed.of(&lt).unwrap().contains(&document), "{document:?}");
        }
        assert_eq!(format!("{allowed:?}"), "AllowedDocuments(redacted)");
    }

    #[test]
    fn no_statement_is_told_from_one_that_cannot_be_used() {
        for none in [None, Some(json!(null)), Some(json!({}))] {
            assert_eq!(AllowedDocuments::read(none).unwrap(), None);
        }
        let many: serde_json::Map<_, _> = (0..=MAX_ENTRIES).map(|n| (n.to_string(), json!([]))).collect();
        for unusable in [
            json!(["PASSPORT"]),
            json!("ALL"),
            json!({ "ALL": "PASSPORT" }),
            json!({ "ALL": [1] }),
            json!({ "ALL": vec!["PASSPORT"; MAX_ENTRIES + 1] }),
            Value::Object(many),
        ] {
            assert!(AllowedDocuments::read(Some(unusable)).is_err());
        }
    }
}
