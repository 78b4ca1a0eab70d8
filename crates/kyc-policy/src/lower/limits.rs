//! Ages, and how long a document must still be valid.

use kyc_core::{Age, AgeBounds};

use super::Lowering;
use super::reader::Section;
use crate::form::{ANY, MAX_REMAINING_DAYS};
use crate::tree::Node;
use crate::written::At;

pub(super) fn lower(lowering: &mut Lowering<'_>, document: &Section<'_>) {
    if let Some(node) = document.get("age")
        && !node.is_word(ANY)
        && let Some(section) = lowering.reader.section(node, "age")
    {
        lowering.written.age_min = section.get("min").and_then(|node| age(lowering, node, "age.min"));
        lowering.written.age_max = section.get("max").and_then(|node| age(lowering, node, "age.max"));
        let (min, max) = (lowering.written.age_min, lowering.written.age_max);
        // Swapped bounds are reported by their rule.
        lowering.sections.age =
            AgeBounds::new(min.map(|min| min.value), max.map(|max| max.value)).unwrap_or_default();
    }
    if let Some(node) = document.get("expiry")
        && let Some(section) = lowering.reader.section(node, "expiry")
    {
        let none = section.get("none");
        if let Some(outcome) = none.and_then(|node| lowering.reader.word(node, "expiry.none", "an outcome")) {
            lowering.sections.expiry.none = outcome;
        }
        if let Some(days) = section.get("min_remaining").and_then(|node| remaining(lowering, node)) {
            lowering.sections.expiry.min_remaining_days = days;
        }
    }
}

fn age(lowering: &mut Lowering<'_>, node: &Node<'_>, key: &str) -> Option<At<Age>> {
    let number = lowering.reader.integer(node, key)?;
    match Age::new(number) {
        Ok(value) => Some(At { value, loc: node.loc }),
        Err(bounds) => {
            lowering.reader.out_of_bounds(node, key, &format!("{} to {}", bounds.min, bounds.max));
            None
        }
    }
}

fn remaining(lowering: &mut Lowering<'_>, node: &Node<'_>) -> Option<u32> {
    const KEY: &str = "expiry.min_remaining";
    let duration = lowering.reader.duration(node, KEY)?;
    let days = duration.days();
    if days * 86_400 != duration.seconds() {
        lowering.reader.malformed(node, KEY, "whole days, such as `30d`", &duration.to_string());
        return None;
    }
    if days > MAX_REMAINING_DAYS {
        lowering.reader.out_of_bounds(node, KEY, &format!("0d to {MAX_REMAINING_DAYS}d"));
        return None;
    }
    u32::try_from(days).ok()
}
