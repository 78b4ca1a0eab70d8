//! The name, and who answers for a policy, why it is so and until when.

use std::borrow::Cow;

use super::Lowering;
use super::reader::Section;
use crate::form::{LINE, PARAGRAPH};
use crate::rules::missing_key;
use crate::sections::{Effective, Reverify, ReverifyEvent, Text};
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

    let reader = &mut lowering.reader;
    governance.review_by = document.get("review_by").and_then(|node| reader.date(node, "review_by"));
    governance.risk_tier =
        document.get("risk_tier").and_then(|node| reader.word(node, "risk_tier", "a risk tier"));
    if let Some(node) = document.get("effective")
        && let Some(section) = reader.section(node, "effective")
    {
        lowering.sections.governance.effective = Effective {
            from: section.get("from").and_then(|node| reader.date(node, "effective.from")),
            until: section.get("until").and_then(|node| reader.date(node, "effective.until")),
        };
    }
    if let Some(node) = document.get("minors") {
        lowering.sections.governance.minors = minors(lowering, node);
    }
    if let Some(node) = document.get("reverify") {
        reverify(lowering, node);
    }
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
    lowering.sections.governance.reverify = Reverify { every, on: on.into() };
}
