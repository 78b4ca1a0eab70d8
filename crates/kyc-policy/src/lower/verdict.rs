//! What is made of a result.

use super::Lowering;
use super::reader::{Section, dotted, kept};
use crate::rules::unknown_word;
use crate::sections::{AmlList, Outcome};
use crate::tags::Tag;
use crate::tree::Node;
use crate::written::At;

pub(super) fn lower(lowering: &mut Lowering<'_>, document: &Section<'_>) {
    let Some(node) = document.get("verdict") else { return };
    let Some(section) = lowering.reader.section(node, "verdict") else { return };
    if let Some(outcome) = strict(lowering, section.get("default"), "verdict.default") {
        lowering.sections.verdict.default = outcome;
    }
    if let Some(outcome) = strict(lowering, section.get("outside"), "verdict.outside") {
        lowering.sections.verdict.outside = outcome;
    }
    if let Some(node) = section.get("tags") {
        tags(lowering, node);
    }
    if let Some(node) = section.get("aml") {
        aml(lowering, node);
    }
}

/// An outcome that may not be `accept`.
fn strict(lowering: &mut Lowering<'_>, node: Option<&Node<'_>>, key: &'static str) -> Option<Outcome> {
    let node = node?;
    let outcome = lowering.reader.word(node, key, "an outcome")?;
    if outcome == Outcome::Accept {
        lowering.written.accepting_defaults.push(At { value: key, loc: node.loc });
        return None;
    }
    Some(outcome)
}

fn tags(lowering: &mut Lowering<'_>, node: &Node<'_>) {
    const KEY: &str = "verdict.tags";
    let Some(table) = lowering.reader.table(node, KEY) else { return };
    let mut tags = Vec::new();
    for entry in table.iter() {
        let key = dotted(KEY, &entry.key);
        lowering.reader.places.add(key.clone(), entry.key_loc, entry.value.loc);
        let outcome = lowering.reader.word(&entry.value, &key, "an outcome");
        let Some(tag) = Tag::from_word(&entry.key) else {
            let known = Tag::ALL.iter().map(|tag| tag.as_str());
            lowering.reader.findings.push(unknown_word::found(
                entry.key_loc,
                &entry.key,
                "a tag of the vendor",
                known,
            ));
            lowering.reader.places.add_broken(KEY);
            continue;
        };
        if let Some(outcome) = outcome {
            lowering.written.tags.push(At { value: (tag, outcome), loc: entry.value.loc });
            tags.push((tag, outcome));
        }
    }
    tags.sort_unstable();
    lowering.sections.verdict.tags = kept(tags);
}

fn aml(lowering: &mut Lowering<'_>, node: &Node<'_>) {
    const KEY: &str = "verdict.aml";
    let known = AmlList::ALL.iter().map(|list| list.as_str());
    let Some(section) = lowering.reader.keys(node, KEY, known) else { return };
    for list in AmlList::ALL {
        let key = dotted(KEY, list.as_str());
        let Some(node) = section.get(list.as_str()) else { continue };
        let outcome = match list {
            AmlList::Sanctions => strict(lowering, Some(node), "verdict.aml.sanctions"),
            _ => lowering.reader.word(node, &key, "an outcome"),
        };
        let aml = &mut lowering.sections.verdict.aml;
        *aml = outcome.map_or(*aml, |outcome| aml.with(*list, outcome));
    }
}
