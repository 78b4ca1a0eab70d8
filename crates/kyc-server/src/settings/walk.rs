//! From the tree to the values that were written, key by key, as the table knows them.

use kyc_policy::Loc;
use kyc_policy::reading::Reader;
use kyc_policy::tree::{Kind, Node, Scalar};

use crate::settings::key::Form;
use crate::settings::mask::{find, is_under};
use crate::settings::table::KEYS;

/// What was found in the tree.
#[derive(Debug, Default)]
pub(super) struct Found<'n> {
    pub(super) values: Vec<Value<'n>>,
    /// Named entries such as `accounts.main`, with the place of the name.
    pub(super) named: Vec<(String, Loc)>,
    /// Keys that a misspelt one stands for.
    pub(super) misspelt: Vec<String>,
}

/// A value that was written.
#[derive(Debug)]
pub(super) struct Value<'n> {
    pub(super) name: String,
    pub(super) node: &'n Node<'n>,
}

pub(super) fn walk<'n>(reader: &mut Reader<'_>, tree: &'n Node<'n>) -> Found<'n> {
    let mut found = Found::default();
    section(reader, tree, "", &mut found);
    found
}

fn section<'n>(reader: &mut Reader<'_>, node: &'n Node<'n>, name: &str, found: &mut Found<'n>) {
    let known = keys_of(name);
    let is_named = known == ["*"];
    let read =
        if is_named { reader.table(node, name) } else { reader.keys(node, name, known.iter().copied()) };
    let Some(read) = read else { return };
    for entry in read.iter() {
        let full = dotted(name, &entry.key);
        if is_named && !is_name(&entry.key) {
            let kind = Kind::Scalar(Scalar { text: entry.key.clone(), quoted: false });
            reader.malformed(&Node { loc: entry.key_loc, kind }, name, &Form::Name.wanted(), &entry.key);
            continue;
        }
        if is_named {
            found.named.push((full.clone(), entry.key_loc));
        }
        match find(&full) {
            Some(_) => found.values.push(Value { name: full, node: &entry.value }),
            None => section(reader, &entry.value, &full, found),
        }
    }
    found.misspelt.extend(known.iter().filter(|key| read.is_misspelt(key)).map(|key| dotted(name, key)));
}

/// The keys directly in a section.
fn keys_of(section: &str) -> Vec<&'static str> {
    let depth = if section.is_empty() { 0 } else { section.split('.').count() };
    let mut keys: Vec<&str> = Vec::new();
    for key in KEYS.iter().filter(|key| section.is_empty() || is_under(key, section)) {
        keys.extend(key.name.split('.').nth(depth).filter(|part| !keys.contains(part)));
    }
    keys
}

/// Whether this is a name of the operator's choice: 1 to 40 characters of `a` to `z`, `0` to `9` and `-`.
pub(super) fn is_name(text: &str) -> bool {
    let is_allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    (1..=40).contains(&text.len()) && text.bytes().all(is_allowed)
}

fn dotted(section: &str, key: &str) -> String {
    if section.is_empty() { key.to_owned() } else { format!("{section}.{key}") }
}
