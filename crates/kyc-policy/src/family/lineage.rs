//! From a document up to the first one that extends no other.

use std::collections::BTreeMap;

use super::Family;
use crate::check::Subject;
use crate::diagnostic::Diagnostic;
use crate::rules::malformed_name::is_policy_name;
use crate::rules::{extends_cycle, extends_too_deep, parent_missing};
use crate::source::Loc;
use crate::tree::{Kind, Node};

/// How many policies one may stand on: who reviews it reads all of them.
pub(crate) const MAX_ANCESTORS: usize = 8;

/// What a document says it extends.
pub(super) enum Extends<'n> {
    Nothing,
    /// Something that is no name of a policy.
    Malformed,
    Named(Named<'n>),
}

/// The name of another document, and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Named<'n> {
    pub(super) name: &'n str,
    pub(super) loc: Loc,
}

impl<'n> Extends<'n> {
    pub(super) fn of(tree: &'n Node<'_>) -> Self {
        let Kind::Map(entries) = &tree.kind else { return Self::Nothing };
        let Some(entry) = entries.iter().find(|entry| entry.key == "extends") else { return Self::Nothing };
        match entry.value.scalar().map(|scalar| &*scalar.text).filter(|name| is_policy_name(name)) {
            Some(name) => Self::Named(Named { name, loc: entry.value.loc }),
            None => Self::Malformed,
        }
    }
}

/// Why a document has no whole lineage; `None` if that is said of another document.
type Broken = Option<Box<Diagnostic>>;

impl Family<'_> {
    /// That every document up from `extends` can be read, that the way ends, and that it is short.
    pub(super) fn trace(&self, extends: &Named<'_>, subject: &Subject<'_>) -> Result<(), Broken> {
        let own = subject.stem.unwrap_or_default();
        let mut way = vec![*extends];
        let mut seen = BTreeMap::from([(own, 0)]);
        loop {
            let last = way.last().copied().unwrap_or(*extends);
            if let Some(start) = seen.get(last.name) {
                let cycle = way.get(*start..).unwrap_or_default();
                // It is told once: by the first of its documents in the alphabet.
                let is_teller = *start == 0 && cycle.iter().all(|named| own <= named.name);
                return Err(is_teller.then(|| Box::new(extends_cycle::found(own, &links(cycle)))));
            }
            let Some(document) = self.documents.get(last.name) else {
                let is_teller = way.len() == 1;
                return Err(is_teller.then(|| Box::new(self.missing(&last, subject))));
            };
            seen.insert(last.name, way.len());
            match document.tree.as_ref().map(Extends::of) {
                Some(Extends::Named(next)) => way.push(next),
                Some(Extends::Nothing) => break,
                None | Some(Extends::Malformed) => return Err(None),
            }
        }
        if way.len() <= MAX_ANCESTORS {
            return Ok(());
        }
        // Those further down are too deep because this one is.
        let is_teller = way.len() == MAX_ANCESTORS + 1;
        Err(is_teller.then(|| Box::new(extends_too_deep::found(&links(&way)))))
    }

    fn missing(&self, extends: &Named<'_>, subject: &Subject<'_>) -> Diagnostic {
        let own = subject.stem;
        let names = self.documents.keys().chain(&self.others).map(String::as_str);
        parent_missing::found(
            extends.loc,
            extends.name,
            names.filter(|name| Some(*name) != own),
            subject.notation,
        )
    }
}

fn links<'n>(way: &[Named<'n>]) -> Vec<(&'n str, Loc)> {
    way.iter().map(|named| (named.name, named.loc)).collect()
}
