//! Additional steps: country -> document type -> step.

use std::borrow::Cow;

use kyc_core::{Country, DocumentType, Extra, Locale, Step, StepName, StepPlace, StepText, Steps};

use super::Lowering;
use super::reader::{Section, dotted, kept};
use crate::form::{ALL, STEP_KEYS, STEP_SETTING_KEYS, STEP_TEXT_KEYS};
use crate::rules::{missing_key, unknown_country, unknown_word};
use crate::tree::{Entry, Node};
use crate::written::At;

const KEY: &str = "steps";

pub(super) fn lower(lowering: &mut Lowering<'_>, document: &Section<'_>) {
    let Some(node) = document.get(KEY) else { return };
    lowering.written.steps = Some(node.loc);
    let mut steps = Vec::new();
    for country_entry in table(lowering, node, KEY) {
        let Some(country) = country(lowering, country_entry) else { continue };
        let written = country.map(|value| At { value, loc: country_entry.key_loc });
        lowering.written.step_countries.extend(written);
        let key = dotted(KEY, &country_entry.key);
        for document_entry in table(lowering, &country_entry.value, &key) {
            let Some(document) = document_type(lowering, document_entry) else { continue };
            let key = dotted(&key, &document_entry.key);
            for step_entry in table(lowering, &document_entry.value, &key) {
                let key = dotted(&key, &step_entry.key);
                let Some(name) = name(lowering, step_entry, &key) else { continue };
                let place = StepPlace { country, document, name };
                lowering.written.step_places.push(At { value: place.clone(), loc: step_entry.key_loc });
                steps.push((place, step(lowering, &step_entry.value, &key)));
            }
        }
    }
    if lowering.reader.places.is_broken(KEY) {
        return;
    }
    if let Some(steps) = Steps::new(steps) {
        lowering.sections.extra = Extra::Steps(steps);
    } else {
        let help = "name a country, in it a document type, and in that a step; the first two may be `ALL`";
        lowering.reader.findings.push(missing_key::found(
            node.loc,
            "steps.<country>.<document>.<step>",
            help,
        ));
        lowering.reader.places.add_broken(KEY);
    }
}

/// The entries of a table of the author's choice.
fn table<'n>(lowering: &mut Lowering<'_>, node: &'n Node<'n>, key: &str) -> Vec<&'n Entry<'n>> {
    lowering.reader.table(node, key).map(|table| table.iter().collect()).unwrap_or_default()
}

#[expect(clippy::option_option, reason = "outer: was it understood; inner: one country or all")]
fn country(lowering: &mut Lowering<'_>, entry: &Entry<'_>) -> Option<Option<Country>> {
    if entry.key == ALL {
        return Some(None);
    }
    let country = entry.key.parse().ok();
    if country.is_none() {
        lowering.reader.findings.push(unknown_country::found(entry.key_loc, &entry.key, &[]));
        lowering.reader.places.add_broken(KEY);
    }
    country.map(Some)
}

#[expect(clippy::option_option, reason = "outer: was it understood; inner: one type or all")]
fn document_type(lowering: &mut Lowering<'_>, entry: &Entry<'_>) -> Option<Option<DocumentType>> {
    if entry.key == ALL {
        return Some(None);
    }
    let document = Steps::DOCUMENTS.into_iter().find(|document| document.as_str() == entry.key);
    if document.is_none() {
        let known: Vec<_> = [ALL].into_iter().chain(Steps::DOCUMENTS.map(DocumentType::as_str)).collect();
        let what = "a document type that steps know";
        let known = known.iter().copied();
        lowering.reader.findings.push(unknown_word::found(entry.key_loc, &entry.key, what, known));
        lowering.reader.places.add_broken(KEY);
    }
    document.map(Some)
}

fn name(lowering: &mut Lowering<'_>, entry: &Entry<'_>, key: &str) -> Option<StepName> {
    let name = StepName::new(&entry.key).ok();
    if name.is_none() {
        let wanted = format!("a step name of at most {} {}", StepName::MAX, StepName::HOLDS);
        lowering.reader.findings.push(crate::rules::malformed_value::found(
            entry.key_loc,
            key,
            &wanted,
            &entry.key,
        ));
        lowering.reader.places.add_broken(KEY);
    }
    name
}

fn step(lowering: &mut Lowering<'_>, node: &Node<'_>, key: &str) -> Step {
    let Some(section) = lowering.reader.keys(node, key, STEP_KEYS.into_iter()) else {
        return Step::default();
    };
    let reader = &mut lowering.reader;
    let kind = section.get("type").and_then(|node| reader.word(node, &dotted(key, "type"), "a type of step"));
    let mut step = Step { kind, ..Step::default() };
    let fields_key = dotted(key, "fields");
    if let Some(node) = section.get("fields")
        && let Some(nodes) = reader.list(node, &fields_key, "a list of field names")
    {
        let names = nodes.iter().filter_map(|node| reader.text(node, &fields_key, Steps::MAX_NAME));
        step.fields = kept(names.map(Cow::Owned).collect());
    }
    if let Some(node) = section.get("texts") {
        step.texts = kept(texts(lowering, node, &dotted(key, "texts")));
    }
    if let Some(node) = section.get("settings") {
        settings(lowering, node, &dotted(key, "settings"), &mut step);
    }
    step
}

fn texts(lowering: &mut Lowering<'_>, node: &Node<'_>, key: &str) -> Vec<(Locale, StepText)> {
    let mut texts = Vec::new();
    for entry in table(lowering, node, key) {
        let key = dotted(key, &entry.key);
        let Ok(locale) = Locale::new(&entry.key) else {
            let wanted = "languages, such as `en`";
            let found = crate::rules::malformed_value::found(entry.key_loc, &key, wanted, &entry.key);
            lowering.reader.findings.push(found);
            lowering.reader.places.add_broken(KEY);
            continue;
        };
        let Some(section) = lowering.reader.keys(&entry.value, &key, STEP_TEXT_KEYS.into_iter()) else {
            continue;
        };
        let mut text = |part: &str, max: usize| {
            let key = dotted(&key, part);
            if let Some(node) = section.get(part) {
                lowering.reader.text(node, &key, max)
            } else {
                let found =
                    missing_key::found(entry.key_loc, &key, "the client reads both a name and a description");
                lowering.reader.findings.push(found);
                lowering.reader.places.add_broken(KEY);
                None
            }
        };
        if let (Some(name), Some(description)) =
            (text("name", Steps::MAX_NAME), text("description", Steps::MAX_DESCRIPTION))
        {
            texts.push((locale, StepText { name: name.into(), description: description.into() }));
        }
    }
    texts.sort_by(|(a, _), (b, _)| a.cmp(b));
    texts
}

fn settings(lowering: &mut Lowering<'_>, node: &Node<'_>, key: &str, step: &mut Step) {
    let Some(section) = lowering.reader.keys(node, key, STEP_SETTING_KEYS.into_iter()) else { return };
    let mut flag = |part: &str| lowering.reader.flag(section.get(part)?, &dotted(key, part));
    step.can_upload = flag("can_upload");
    step.can_capture = flag("can_capture");
    step.can_upload_pdf = flag("can_upload_pdf");
}
