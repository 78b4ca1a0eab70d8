//! `_set.yaml`: what a set of policies shares.

use jiff::tz::TimeZone;
use kyc_core::{ExpiryTime, Group, OutOfBounds, SessionLength, WebUrl};

use super::countries::read_list;
use super::reader::{Reader, Section, dotted};
use crate::diagnostic::Findings;
use crate::duration::Duration;
use crate::field::FIELDS;
use crate::rules::{
    check_country_list, group_name_taken, malformed_host, redundant_entry, retention_order,
    snapshot_outdated, unknown_snapshot, unknown_timezone, unknown_word,
};
use crate::sections::RiskTier;
use crate::set::{Host, PolicySet};
use crate::set_field::{GOVERNANCE, SetField};
use crate::together::groups_used;
use crate::tree::Node;
use crate::vocabulary::Word;
use crate::written::At;

/// Lowers the settings of a set, as far as they can be read.
pub(crate) fn lower_set(tree: &Node<'_>, findings: &mut Findings) -> PolicySet {
    let mut set = PolicySet::empty();
    let mut reader = Reader::new(findings);
    if let Some(document) = reader.keys(tree, "", SetField::keys_under("")) {
        snapshots(&mut reader, &document, &mut set);
        groups(&mut reader, &document, &mut set);
        addresses(&mut reader, &document, &mut set);
        demands(&mut reader, &document, &mut set);
        limits(&mut reader, &document, &mut set);
        retention(&mut reader, &document, &mut set);
        set.lints = super::lints::lower(&mut reader, &document);
    }
    set.places = reader.places;
    set
}

fn snapshots(reader: &mut Reader<'_>, document: &Section<'_>, set: &mut PolicySet) {
    const KEY: &str = "snapshots";
    let known = Group::ALL.iter().map(|group| group.name());
    let Some(section) = document.get(KEY).and_then(|node| reader.keys(node, KEY, known)) else { return };
    for group in Group::ALL {
        let Some(node) = section.get(group.name()) else { continue };
        let Some(text) = reader.scalar(node, &dotted(KEY, group.name()), "the first day of a snapshot")
        else {
            continue;
        };
        if let Some(snapshot) = group.snapshot(text) {
            if let Some(outdated) = snapshot_outdated::of(node.loc, group, snapshot) {
                reader.findings.push(outdated);
            }
            set.snapshots.push((group, snapshot.members()));
        } else {
            reader.findings.push(unknown_snapshot::found(node.loc, group, text));
            reader.places.add_broken(KEY);
        }
    }
}

fn groups(reader: &mut Reader<'_>, document: &Section<'_>, set: &mut PolicySet) {
    const KEY: &str = "groups";
    let mut lists = Vec::new();
    if let Some(table) = document.get(KEY).and_then(|node| reader.table(node, KEY)) {
        // Groups are made of countries and built-in groups, never of one another: no order, no cycles.
        let mut groups = Vec::new();
        for entry in table.iter() {
            let list = read_list(reader, set, &entry.value, &dotted(KEY, &entry.key), false);
            if let Some(list) = &list {
                check_country_list(list, reader.findings);
            }
            if !is_group_name(&entry.key) || Group::from_name(&entry.key).is_some() {
                reader.findings.push(group_name_taken::found(entry.key_loc, &entry.key));
                reader.places.add_broken(KEY);
                continue;
            }
            groups.extend(list.as_ref().map(|list| (entry.key.to_string(), list.countries())));
            lists.extend(list);
        }
        set.groups = groups;
    }
    if let Some(list) = document.get("deny").and_then(|node| read_list(reader, set, node, "deny", false)) {
        check_country_list(&list, reader.findings);
        set.deny = list.countries();
        lists.push(list);
    }
    set.groups_used = groups_used(&lists);
}

/// Three to 32 capitals, digits and underscores, beginning with a letter. Two letters would be a country.
fn is_group_name(name: &str) -> bool {
    (3..=32).contains(&name.len())
        && !matches!(name, "ANY" | "ALL")
        && name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

fn addresses(reader: &mut Reader<'_>, document: &Section<'_>, set: &mut PolicySet) {
    if let Some(nodes) = document.get("hosts").and_then(|node| reader.list(node, "hosts", "a list of hosts"))
    {
        for node in nodes {
            let Some(text) = reader.scalar(node, "hosts", "host names") else { continue };
            if let Some(host) = host(text) {
                if set.hosts.contains(&host) {
                    reader.findings.push(redundant_entry::found(node.loc, text, node.loc, text));
                }
                set.hosts.push(host);
            } else {
                reader.findings.push(malformed_host::found(node.loc, text));
                reader.places.add_broken("hosts");
            }
        }
    }
    if let Some(node) = document.get("intake")
        && let Some(text) = reader.scalar(node, "intake", "an https address")
    {
        set.intake = WebUrl::new(text).ok().filter(WebUrl::is_secure);
        if set.intake.is_none() {
            reader.malformed(
                node,
                "intake",
                "an https address, such as `https://hooks.example.com/idenfy`",
                text,
            );
        }
    }
}

/// A host as addresses write it, with a port if it is not the scheme's own.
fn host(text: &str) -> Option<Host> {
    let has_host_only = !text.contains(['/', '?', '#', '@', '*']);
    let url = WebUrl::new(&format!("https://{text}")).ok().filter(|_| has_host_only)?;
    Some(Host { name: url.host().to_owned(), port: url.port() })
}

fn demands(reader: &mut Reader<'_>, document: &Section<'_>, set: &mut PolicySet) {
    let keys = FIELDS.iter().map(|field| field.key);
    set.must_state =
        keys_of(reader, document.get("must_state"), "must_state", "a key of the policy language", keys);
    if let Some(node) = document.get("never_accept") {
        set.never_accept = reader.words(node, "never_accept", "a list of tags", "a tag of the vendor");
    }
    let known = SetField::keys_under("governance");
    let Some(section) = document.get("governance").and_then(|node| reader.keys(node, "governance", known))
    else {
        return;
    };
    let require = section.get("require");
    set.governance =
        keys_of(reader, require, "governance.require", "a key of governance", GOVERNANCE.into_iter());
    let tiers = RiskTier::WORDS.iter().map(|tier| tier.word());
    let Some(caps) = section.get("reverify").and_then(|node| reader.keys(node, "governance.reverify", tiers))
    else {
        return;
    };
    for tier in RiskTier::ALL {
        let Some(node) = caps.get(tier.as_str()) else { continue };
        let cap = reader.interval(node, &dotted("governance.reverify", tier.as_str()));
        set.reverify_caps.extend(cap.map(|cap| (*tier, cap)));
    }
}

/// A list of keys out of `known`.
fn keys_of(
    reader: &mut Reader<'_>,
    node: Option<&Node<'_>>,
    key: &str,
    what: &str,
    known: impl Iterator<Item = &'static str> + Clone,
) -> Vec<At<&'static str>> {
    let mut keys: Vec<At<&'static str>> = Vec::new();
    let Some(nodes) = node.and_then(|node| reader.list(node, key, "a list of keys")) else { return keys };
    for node in nodes {
        let Some(text) = reader.scalar(node, key, what) else { continue };
        if let Some(known) = known.clone().find(|known| *known == text) {
            match keys.iter().find(|earlier| earlier.value == known) {
                Some(first) => reader.findings.push(redundant_entry::found(node.loc, text, first.loc, text)),
                None => keys.push(At { value: known, loc: node.loc }),
            }
        } else {
            reader.findings.push(unknown_word::found(node.loc, text, what, known.clone()));
            reader.places.add_broken(key);
        }
    }
    keys
}

fn limits(reader: &mut Reader<'_>, document: &Section<'_>, set: &mut PolicySet) {
    if let Some(node) = document.get("timezone")
        && let Some(text) = reader.scalar(node, "timezone", "the IANA name of a time zone")
    {
        // Zones are found in any spelling of their case; one spelling keeps one digest.
        if TimeZone::get(text).is_ok_and(|zone| zone.iana_name() == Some(text)) {
            text.clone_into(&mut set.timezone);
        } else {
            reader.findings.push(unknown_timezone::found(node.loc, text));
            reader.places.add_broken("timezone");
        }
    }
    let known = SetField::keys_under("ceilings");
    let Some(section) = document.get("ceilings").and_then(|node| reader.keys(node, "ceilings", known)) else {
        return;
    };
    set.max_expires_in = ceiling(reader, section.get("expires_in"), "ceilings.expires_in", ExpiryTime::new);
    set.max_session_length =
        ceiling(reader, section.get("session_length"), "ceilings.session_length", SessionLength::new);
}

fn retention(reader: &mut Reader<'_>, document: &Section<'_>, set: &mut PolicySet) {
    let known = SetField::keys_under("retention");
    let Some(section) = document.get("retention").and_then(|node| reader.keys(node, "retention", known))
    else {
        return;
    };
    let (keep, erase_after) = (section.get("keep"), section.get("erase_after"));
    set.retention.keep = keep.and_then(|node| reader.interval(node, "retention.keep"));
    set.retention.erase_after = erase_after.and_then(|node| reader.interval(node, "retention.erase_after"));
    if let (Some(keep), Some(erase_after)) = (keep, erase_after)
        && let Some(found) = retention_order::of(set.retention, keep.loc, erase_after.loc)
    {
        reader.findings.push(found);
    }
}

/// A ceiling within the vendor's own bounds: no policy could state any other.
fn ceiling<T>(
    reader: &mut Reader<'_>,
    node: Option<&Node<'_>>,
    key: &str,
    new: impl Fn(u32) -> Result<T, OutOfBounds>,
) -> Option<Duration> {
    let node = node?;
    let duration = reader.duration(node, key)?;
    match new(u32::try_from(duration.seconds()).unwrap_or(u32::MAX)) {
        Ok(_) => Some(duration),
        Err(bounds) => {
            let (min, max) = (Duration::from_seconds(bounds.min), Duration::from_seconds(bounds.max));
            reader.out_of_bounds(node, key, &format!("{min} to {max}"));
            None
        }
    }
}
