//! What a document says together with what it inherits, as one document. Every value keeps its place.

use std::borrow::Cow;

use super::Notation;
use crate::field::FIELDS;
use crate::form::NONE;
use crate::source::Loc;
use crate::tree::{Entry, Kind, Node, Scalar};

/// What is said of one document alone.
const OWN: [&str; 6] = ["name", "description", "rationale", "review_by", "extends", "loosen"];

/// Whether a policy inherits the key from the one that it extends.
pub(crate) fn is_inherited(key: &str) -> bool {
    !OWN.contains(&key)
}

/// Tables with keys of the author's choice that are merged key by key, as sections are.
const TABLES: [&str; 4] = ["documents", "steps", "verdict.tags", "verdict.aml"];

/// Keys to which `none` means something of their own.
const TAKES_NONE: [&str; 1] = ["questionnaire"];

/// A document with what it inherits.
pub(super) struct Inherited<'t> {
    pub(super) tree: Node<'t>,
    pub(super) unset: Vec<Unset>,
    /// Keys that are unset although nothing is inherited.
    pub(super) idle: Vec<Unset>,
}

/// A key whose value is the word `none`.
#[derive(Debug)]
pub(crate) struct Unset {
    /// The key with its section.
    pub(crate) key: String,
    /// Where the word stands.
    pub(crate) loc: Loc,
}

/// `child` with what it inherits from `parent`, a whole document.
pub(super) fn inherit<'t>(child: &Node<'t>, parent: &Node<'t>, notation: Notation) -> Inherited<'t> {
    let mut inheriting = Inheriting { notation, unset: Vec::new(), idle: Vec::new() };
    let kind = match &child.kind {
        Kind::Map(own) => Kind::Map(inheriting.map("", own, entries(parent))),
        kind => kind.clone(),
    };
    let Inheriting { unset, idle, .. } = inheriting;
    Inherited { tree: Node { loc: child.loc, kind }, unset, idle }
}

struct Inheriting {
    notation: Notation,
    unset: Vec<Unset>,
    idle: Vec<Unset>,
}

impl Inheriting {
    /// The entries of a map: its own first. Of repeated keys the reader takes the first, and reports the others.
    fn map<'t>(&mut self, path: &str, own: &[Entry<'t>], inherited: &[Entry<'t>]) -> Vec<Entry<'t>> {
        let mut merged = Vec::with_capacity(own.len() + inherited.len());
        for entry in own {
            let key = dotted(path, &entry.key);
            let old = find(inherited, &entry.key).filter(|_| !self.is_own(&key));
            if entry.value.is_word(NONE) && !TAKES_NONE.contains(&&*key) {
                let unset = Unset { key, loc: entry.value.loc };
                if old.is_some() { &mut self.unset } else { &mut self.idle }.push(unset);
                continue;
            }
            merged.extend(self.value(&key, &entry.value, old).map(|value| Entry { value, ..entry.clone() }));
        }
        for entry in inherited {
            let is_first = find(inherited, &entry.key).is_some_and(|first| first.loc == entry.value.loc);
            let is_stated = own.iter().any(|stated| stated.key == entry.key);
            let key = dotted(path, &entry.key);
            if is_first && !is_stated && !self.is_own(&key) {
                let value = self.whole(&key, &entry.value);
                merged.extend(value.map(|value| Entry { value, ..entry.clone() }));
            }
        }
        merged
    }

    /// The value of a key, unless nothing is left of it.
    fn value<'t>(&mut self, key: &str, own: &Node<'t>, old: Option<&Node<'t>>) -> Option<Node<'t>> {
        match &own.kind {
            // An empty section is a mistake, and stays one.
            Kind::Map(stated) if merges(key) && !stated.is_empty() => {
                let inherited = old.map(entries).unwrap_or_default();
                let merged = if key == "client" {
                    self.client(stated, inherited)
                } else {
                    self.map(key, stated, inherited)
                };
                (!merged.is_empty()).then_some(Node { loc: own.loc, kind: Kind::Map(merged) })
            }
            _ => Some(own.clone()),
        }
    }

    /// The value of a key of which the document states nothing.
    fn whole<'t>(&mut self, key: &str, inherited: &Node<'t>) -> Option<Node<'t>> {
        if key != "client" {
            return Some(inherited.clone());
        }
        let merged = self.client(&[], entries(inherited));
        (!merged.is_empty()).then_some(Node { loc: inherited.loc, kind: Kind::Map(merged) })
    }

    /// Whether nothing of the key is inherited.
    fn is_own(&self, key: &str) -> bool {
        !is_inherited(key) || (self.notation == Notation::Struct && key == "client.accept")
    }

    /// The caller's fields: whoever extends a policy requires what it requires, and whatever is required need not be
    /// accepted any more.
    fn client<'t>(&mut self, own: &[Entry<'t>], inherited: &[Entry<'t>]) -> Vec<Entry<'t>> {
        let mut merged = self.map("client", own, inherited);
        let states = |key: &str| find(own, key).is_some();
        let required = find(own, "require").map(words).unwrap_or_default();
        let is_required = |node: &Node<'_>| required.iter().any(|word| same(word, node));
        let mut spare = None;
        if let (Some(Kind::List(items)), Some(Kind::List(old))) = (
            merged.iter_mut().find(|entry| entry.key == "require").map(|entry| &mut entry.value.kind),
            find(inherited, "require").map(|list| &list.kind),
        ) && states("require")
        {
            let (met, unmet): (Vec<_>, Vec<_>) =
                old.iter().partition(|node| is_word(node, "name") && other_name(&required).is_some());
            spare = met.first().zip(other_name(&required)).and_then(|(name, other)| named(name, other));
            let unmet = unmet.into_iter().filter(|node| !is_required(node)).cloned();
            items.splice(0..0, unmet);
        }
        if self.notation == Notation::Struct {
            // A struct has a field for each of the two names of which one is required.
            let names_one = find(inherited, "require").map(words).unwrap_or_default();
            if names_one.iter().any(|word| is_word(word, "name")) && other_name(&required).is_none() {
                accept_no_names(&mut merged);
            }
        }
        if !states("accept") {
            let accept = merged.extract_if(.., |entry| entry.key == "accept").next();
            let accept = accept.or_else(|| {
                // Where a name was required, the one that is not required now is still accepted.
                let spare = spare.as_ref().filter(|_| self.notation != Notation::Struct)?;
                let list = Node { loc: spare.loc, kind: Kind::List(Vec::new()) };
                Some(Entry { key: Cow::Borrowed("accept"), key_loc: spare.loc, value: list })
            });
            merged.extend(accept.and_then(|entry| accepted(entry, spare, &required)));
        }
        merged
    }
}

/// Takes names out of what is accepted.
fn accept_no_names(client: &mut Vec<Entry<'_>>) {
    for entry in client.iter_mut().filter(|entry| entry.key == "accept") {
        if let Kind::List(items) = &mut entry.value.kind {
            items.retain(|node| !is_word(node, "first_name") && !is_word(node, "last_name"));
        }
    }
    client.retain(|entry| {
        entry.key != "accept" || !matches!(&entry.value.kind, Kind::List(items) if items.is_empty())
    });
}

/// The inherited list of accepted fields without those that are required now, unless none is left.
fn accepted<'t>(mut entry: Entry<'t>, spare: Option<Node<'t>>, required: &[&Node<'t>]) -> Option<Entry<'t>> {
    let Kind::List(items) = &mut entry.value.kind else { return Some(entry) };
    let names = |node: &Node<'_>| is_word(node, "first_name") || is_word(node, "last_name");
    let requires_name = required.iter().any(|word| is_word(word, "name"));
    let mut left = Vec::with_capacity(items.len());
    for node in items.drain(..) {
        if required.iter().any(|word| same(word, &node)) || (requires_name && names(&node)) {
            continue;
        }
        match other_name(required).filter(|_| is_word(&node, "name")) {
            Some(other) => left.extend(named(&node, other)),
            None => left.push(node),
        }
    }
    left.extend(spare.filter(|spare| !left.iter().any(|node| same(node, spare))));
    *items = left;
    (!items.is_empty()).then_some(entry)
}

/// Which of the two names is not required, if one is: empty if both are.
fn other_name(required: &[&Node<'_>]) -> Option<&'static str> {
    let has = |name: &str| required.iter().any(|word| is_word(word, name));
    match (has("first_name"), has("last_name")) {
        (true, false) => Some("last_name"),
        (false, true) => Some("first_name"),
        (true, true) => Some(""),
        (false, false) => None,
    }
}

/// The word at the place of another; nothing for an empty one.
fn named<'t>(at: &Node<'t>, word: &'static str) -> Option<Node<'t>> {
    let scalar = Scalar { text: Cow::Borrowed(word), quoted: false };
    (!word.is_empty()).then_some(Node { loc: at.loc, kind: Kind::Scalar(scalar) })
}

fn words<'n, 't>(node: &'n Node<'t>) -> Vec<&'n Node<'t>> {
    if let Kind::List(items) = &node.kind { items.iter().collect() } else { Vec::new() }
}

fn is_word(node: &Node<'_>, word: &str) -> bool {
    node.scalar().is_some_and(|scalar| scalar.text == word)
}

fn same(a: &Node<'_>, b: &Node<'_>) -> bool {
    a.scalar().is_some_and(|scalar| is_word(b, &scalar.text))
}

/// Whether a map under this key is merged with the one that is inherited.
fn merges(key: &str) -> bool {
    let is_section = || FIELDS.iter().any(|field| field.key == key && field.shape.is_section());
    let is_table = || {
        TABLES
            .iter()
            .any(|table| key.strip_prefix(table).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
    };
    // A parameter of the escape hatch is one value, whatever its form.
    key == "vendor" || is_section() || is_table()
}

fn entries<'n, 't>(node: &'n Node<'t>) -> &'n [Entry<'t>] {
    if let Kind::Map(entries) = &node.kind { entries } else { &[] }
}

fn find<'n, 't>(entries: &'n [Entry<'t>], key: &str) -> Option<&'n Node<'t>> {
    entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
}

fn dotted(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}
