//! The name, and who answers for a policy, why it is so and until when.

use std::borrow::Cow;

use super::Lowering;
use super::reader::{Reader, Section, dotted, kept};
use crate::family::LOOSENABLE;
use crate::form::{LINE, LOOSENING_KEYS, PARAGRAPH, REASON};
use crate::rules::malformed_name::is_policy_name;
use crate::rules::missing_key;
use crate::sections::{Effective, Loosening, Reverify, ReverifyEvent, Text};
use crate::tree::Node;
use crate::written::At;

pub(super) fn lower(lowering: &mut Lowering<'_>, document: &Section<'_>) {
    if let Some(node) = document.get("name")
        && let Some(text) = lowering.reader.scalar(node, "name", "the name of the policy")
    {
        lowering.sections.name = Text::Owned(text.to_owned());
        lowering.written.name = Some(At { value: text.to_owned(), loc: node.loc });
    }
    let mut text = |key: &str, max: usize| {
        let node = document.get(key)?;
        lowering.reader.text(node, key, max).map(Cow::Owned)
    };
    let (description, owner) = (text("description", LINE), text("owner", LINE));
    let (rationale, legal_basis) = (text("rationale", PARAGRAPH), text("legal_basis", PARAGRAPH));
    let governance = &mut lowering.sections.governance;
    governance.description = description;
    governance.owner = owner;
    governance.rationale = rationale;
    governance.legal_basis = legal_basis;

    if let Some(node) = document.get("extends") {
        let parent = extends(&mut lowering.reader, node);
        lowering.sections.governance.special.change(|special| special.extends = parent);
    }
    if let Some(node) = document.get("loosen") {
        let loosen = kept(loosen(&mut lowering.reader, node));
        lowering.sections.governance.special.change(|special| special.loosen = loosen);
    }
    let governance = &mut lowering.sections.governance;
    let reader = &mut lowering.reader;
    governance.review_by = document.get("review_by").and_then(|node| reader.date(node, "review_by"));
    governance.risk_tier =
        document.get("risk_tier").and_then(|node| reader.word(node, "risk_tier", "a risk tier"));
    if let Some(node) = document.get("effective")
        && let Some(section) = reader.section(node, "effective")
    {
        let effective = Effective {
            from: section.get("from").and_then(|node| reader.date(node, "effective.from")),
            until: section.get("until").and_then(|node| reader.date(node, "effective.until")),
        };
        lowering.sections.governance.special.change(|special| special.effective = effective);
    }
    if let Some(node) = document.get("minors") {
        let minors = minors(lowering, node);
        lowering.sections.governance.special.change(|special| special.minors = minors);
    }
    if let Some(node) = document.get("reverify") {
        reverify(lowering, node);
    }
}

/// The name of another policy. Whether there is one is said by the family.
fn extends(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Text> {
    const WANTED: &str = "the name of a policy of the folder, without `.yaml`";
    let text = reader.scalar(node, "extends", WANTED)?;
    if is_policy_name(text) {
        return Some(Cow::Owned(text.to_owned()));
    }
    reader.malformed(node, "extends", WANTED, text);
    None
}

/// By key, why it may be looser and until when.
fn loosen(reader: &mut Reader<'_>, node: &Node<'_>) -> Vec<Loosening> {
    const KEY: &str = "loosen";
    let Some(table) = reader.keys(node, KEY, LOOSENABLE.iter().copied()) else { return Vec::new() };
    let mut all = Vec::new();
    for entry in table.iter().filter(|entry| LOOSENABLE.contains(&&*entry.key)) {
        let key = dotted(KEY, &entry.key);
        let Some(section) = reader.keys(&entry.value, &key, LOOSENING_KEYS.into_iter()) else {
            continue;
        };
        for (part, help) in
            [("reason", "say why it may be looser"), ("until", "name the last day on which it may")]
        {
            if section.get(part).is_none() {
                reader.findings.push(missing_key::found(entry.key_loc, &dotted(&key, part), help));
                reader.places.add_broken(&key);
            }
        }
        let reason =
            section.get("reason").and_then(|node| reader.text(node, &dotted(&key, "reason"), REASON));
        let until = section.get("until").and_then(|node| reader.date(node, &dotted(&key, "until")));
        if let (Some(reason), Some(until)) = (reason, until) {
            let key = Cow::Owned(entry.key.to_string());
            all.push(Loosening { key, reason: Cow::Owned(reason), until });
        }
    }
    all.sort_unstable_by(|a, b| a.key.cmp(&b.key));
    all
}

fn minors(lowering: &mut Lowering<'_>, node: &Node<'_>) -> Option<Text> {
    let section = lowering.reader.section(node, "minors")?;
    let Some(rationale) = section.get("rationale") else {
        lowering.reader.findings.push(missing_key::mandatory(node.loc, "minors.rationale"));
        return None;
    };
    lowering.reader.text(rationale, "minors.rationale", PARAGRAPH).map(Cow::Owned)
}

fn reverify(lowering: &mut Lowering<'_>, node: &Node<'_>) {
    let reader = &mut lowering.reader;
    let Some(section) = reader.section(node, "reverify") else { return };
    let every = section.get("every").and_then(|node| reader.interval(node, "reverify.every"));
    let on: Vec<ReverifyEvent> = section
        .get("on")
        .map(|node| reader.words(node, "reverify.on", "a list of events", "an event"))
        .unwrap_or_default();
    lowering.sections.governance.reverify = Reverify { every, on: on.into_iter().collect() };
}
