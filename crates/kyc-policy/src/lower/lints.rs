//! What a set makes of lints: `lints` and `waivers` of `_set.yaml`.

use super::reader::{Reader, Section, dotted};
use crate::diagnostic::shown;
use crate::field::Field;
use crate::form::{REASON, WAIVER_KEYS};
use crate::lints::{Lints, SET, Waiver};
use crate::rule::{Kind, Level, Rule};
use crate::rules::malformed_name::is_policy_name;
use crate::rules::{lints, missing_key, rule_not_configurable, unknown_word};
use crate::set_field::{SET_FIELDS, SetField};
use crate::tree::Node;
use crate::written::At;

const LEVELS: &str = "lints";
const WAIVERS: &str = "waivers";

/// Reads the levels and waivers of a set.
pub(super) fn lower(reader: &mut Reader<'_>, document: &Section<'_>) -> Lints {
    Lints { levels: levels(reader, document), waivers: waivers(reader, document) }
}

fn levels(reader: &mut Reader<'_>, document: &Section<'_>) -> Vec<(&'static Rule, At<Level>)> {
    let Some(table) = document.get(LEVELS).and_then(|node| reader.table(node, LEVELS)) else {
        return Vec::new();
    };
    let mut levels = Vec::new();
    for entry in table.iter() {
        let key = dotted(LEVELS, &entry.key);
        reader.places.add(key.clone(), entry.key_loc, entry.value.loc);
        let level = reader.word::<Level>(&entry.value, &key, "a level");
        let lint = lint(reader, entry.key_loc, &entry.key, LEVELS);
        if let (Some(lint), Some(level)) = (lint, level) {
            levels.push((lint, At { value: level, loc: entry.value.loc }));
        }
    }
    levels
}

/// The lint of this id.
fn lint(reader: &mut Reader<'_>, loc: crate::source::Loc, id: &str, key: &str) -> Option<&'static Rule> {
    match Rule::find(id) {
        Some(rule) if matches!(rule.kind, Kind::Lint(_)) => return Some(rule),
        Some(rule) => reader.findings.push(rule_not_configurable::found(loc, rule)),
        None => {
            let lints = lints().map(|rule| rule.id);
            reader.findings.push_error(|| {
                let found = unknown_word::found(loc, id, "a lint", lints);
                if found.help_text().is_some() { found } else { found.help("`kyc explain` lists the lints") }
            });
        }
    }
    reader.places.add_broken(key);
    None
}

fn waivers(reader: &mut Reader<'_>, document: &Section<'_>) -> Vec<Waiver> {
    let nodes = document.get(WAIVERS).and_then(|node| reader.list(node, WAIVERS, "a list of waivers"));
    nodes.unwrap_or_default().iter().filter_map(|node| waiver(reader, node)).collect()
}

fn waiver(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Waiver> {
    let section = reader.keys(node, WAIVERS, WAIVER_KEYS.into_iter())?;
    let [lint, policy, key, reason, until] = WAIVER_KEYS.map(|key| section.get(key));
    let mandatory = [
        (lint, "lint", "name the lint: it stands in the brackets of the warning"),
        (policy, "policy", "name the policy, or `_set` for the set and the folder"),
        (reason, "reason", "say why the exception is made"),
        (until, "until", "say until when: the last day, as YYYY-MM-DD"),
    ];
    for (value, key, help) in mandatory {
        if value.is_none() && !section.is_misspelt(key) {
            reader.findings.push(missing_key::found(node.loc, &dotted(WAIVERS, key), help));
        }
    }
    let loc = lint.map_or(node.loc, |lint| lint.loc);
    let lint = lint.and_then(|node| waivable(reader, node));
    let policy = policy.and_then(|node| policy_name(reader, node));
    let of_set = policy.as_deref() == Some(SET);
    let limit = key.map(|node| key_name(reader, node, of_set));
    let reason = reason.and_then(|node| reader.text(node, "waivers.reason", REASON));
    let until = until.and_then(|node| reader.date(node, "waivers.until"));
    let key = match limit {
        Some(key) => Some(key?),
        None => None,
    };
    Some(Waiver { lint: lint?, policy: policy?, key, reason: reason?, until: until?, loc })
}

fn waivable(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<&'static Rule> {
    let text = reader.scalar(node, "waivers.lint", "the id of a lint")?;
    let rule = lint(reader, node.loc, text, "waivers.lint")?;
    if !rule_not_configurable::is_waivable(rule) {
        reader.findings.push(rule_not_configurable::waiver_of_waivers(node.loc, rule));
        reader.places.add_broken("waivers.lint");
        return None;
    }
    Some(rule)
}

fn policy_name(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<String> {
    const WANTED: &str = "the name of a policy, or `_set` for the set and the folder";
    let text = reader.scalar(node, "waivers.policy", WANTED)?;
    if text == SET || is_policy_name(text) {
        return Some(text.to_owned());
    }
    reader.malformed(node, "waivers.policy", WANTED, &shown(text));
    None
}

/// A key of the policy, or of the set.
fn key_name(reader: &mut Reader<'_>, node: &Node<'_>, of_set: bool) -> Option<String> {
    let what = if of_set { "a key of `_set.yaml`" } else { "a key of the policy language" };
    let text = reader.scalar(node, "waivers.key", what)?;
    let top = text.split_once('.').map_or(text, |(top, _)| top);
    let is_known =
        if of_set { SetField::keys_under("").any(|known| known == top) } else { Field::find(text).is_some() };
    if !is_known {
        let fields = || crate::field::FIELDS.iter().map(|field| field.key);
        reader.findings.push_error(|| {
            if of_set {
                unknown_word::found(node.loc, text, what, SET_FIELDS.iter().map(|field| field.key))
            } else {
                unknown_word::found(node.loc, text, what, fields())
            }
        });
        reader.places.add_broken("waivers.key");
        return None;
    }
    Some(text.to_owned())
}
