//! Additional steps as JSON.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::steps::{Step, StepText, Steps};

/// The steps as they go over the wire, `country|ALL` -> `document|ALL` -> name -> step, in canonical form (RFC 8785).
/// They hold no personal data.
impl Serialize for Steps {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rows: Vec<([&str; 3], &Step)> = self.iter().map(|(place, step)| (place.words(), step)).collect();
        let countries = rows.chunk_by(|(a, _), (b, _)| a[0] == b[0]);
        serializer.collect_map(countries.filter_map(|rows| Some((rows.first()?.0[0], ByDocument(rows)))))
    }
}

struct ByDocument<'a>(&'a [([&'a str; 3], &'a Step)]);

impl Serialize for ByDocument<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let documents = self.0.chunk_by(|(a, _), (b, _)| a[1] == b[1]);
        serializer.collect_map(documents.filter_map(|rows| Some((rows.first()?.0[1], ByName(rows)))))
    }
}

struct ByName<'a>(&'a [([&'a str; 3], &'a Step)]);

impl Serialize for ByName<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(words, step)| (words[2], *step)))
    }
}

impl Serialize for Step {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if !self.fields.is_empty() {
            map.serialize_entry("fields", &self.fields)?;
        }
        let settings = StepSettings(self);
        if settings.stated().next().is_some() {
            map.serialize_entry("settings", &settings)?;
        }
        if !self.texts.is_empty() {
            map.serialize_entry("texts", &StepTexts(self))?;
        }
        if let Some(kind) = self.kind {
            map.serialize_entry("type", kind.as_str())?;
        }
        map.end()
    }
}

struct StepSettings<'a>(&'a Step);

impl StepSettings<'_> {
    fn stated(&self) -> impl Iterator<Item = (&'static str, bool)> {
        let all = [
            ("canCapture", self.0.can_capture),
            ("canUpload", self.0.can_upload),
            ("canUploadPDF", self.0.can_upload_pdf),
        ];
        all.into_iter().filter_map(|(name, allowed)| Some((name, allowed?)))
    }
}

impl Serialize for StepSettings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.stated())
    }
}

struct StepTexts<'a>(&'a Step);

impl Serialize for StepTexts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.texts.iter().map(|(locale, text)| (locale.as_str(), text)))
    }
}

impl Serialize for StepText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([("description", &self.description), ("name", &self.name)])
    }
}
