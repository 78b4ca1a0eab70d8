//! Policies that extend one another: the documents of one folder, each checked as what it says together with what it
//! inherits. Inheritance happens between documents, before anything has a meaning, so every rule sees a whole policy.

mod inherit;
mod lineage;
mod loosening;

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use crate::check::{Checked, Examined, Subject};
use crate::diagnostic::{Diagnostic, Findings, Place};
use crate::policy::Policy;
use crate::read::{MAX_DEPTH, read_yaml};
use crate::rule::Severity;
use crate::rules::nesting_too_deep;
use crate::sections::{Loosening, Sections};
use crate::set::PolicySet;
use crate::source::{Loc, SourceMap};
use crate::tree::Node;

use inherit::inherit;
use lineage::Extends;

pub(crate) use inherit::{Unset, is_inherited};
pub(crate) use lineage::MAX_ANCESTORS;
pub(crate) use loosening::{Difference, LOOSENABLE, Looser, inherited_loosen, loosened};

/// How a policy is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// A file in YAML.
    File,
    /// Rust tokens that state everything.
    Tokens,
    /// Rust tokens on a struct, whose fields are all that the caller brings: what is accepted is not inherited.
    Struct,
}

/// The documents of one folder by the names of their files, of which one can extend another.
#[derive(Debug, Default)]
pub struct Family<'t> {
    documents: BTreeMap<String, Rc<Document<'t>>>,
    /// Names of files that were not read, for advice.
    others: Vec<String>,
    ancestors: BTreeMap<String, Rc<Ancestor<'t>>>,
}

/// A document that was read.
#[derive(Debug)]
struct Document<'t> {
    tree: Option<Node<'t>>,
    found: Findings,
    locs: Range<u32>,
}

/// A document together with what it inherits, for those that extend it.
#[derive(Debug)]
pub(crate) struct Ancestor<'t> {
    tree: Node<'t>,
    sections: Sections,
    /// What is said of it and of those that it extends, so that nobody says it again.
    reported: Vec<(&'static str, Place)>,
    is_proven: bool,
    /// What it, or one that it extends, is allowed to be looser in, each with the policy that it may be looser than.
    exceptions: Vec<(Loosening, Rc<Ancestor<'t>>)>,
    /// Which places are in its file, and in those of the documents that it extends.
    locs: Vec<Range<u32>>,
}

/// What a policy inherits from, for the rules about it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Heritage<'a> {
    /// The name of the policy that is extended.
    pub(crate) parent: &'a str,
    /// Where it is named.
    pub(crate) extends: Loc,
    /// Its whole document, and what that means.
    pub(crate) old: &'a Node<'a>,
    pub(crate) old_sections: &'a Sections,
    /// The whole document of the policy that extends it.
    pub(crate) new: &'a Node<'a>,
    /// Keys that are unset, and those of which nothing was inherited.
    pub(crate) unset: &'a [Unset],
    pub(crate) idle: &'a [Unset],
    /// What policies further up are allowed to be looser in, each with the policy that it may be looser than.
    exceptions: &'a [(Loosening, Rc<Ancestor<'a>>)],
    /// Whether the policy that is extended has no mistake, so that it can be compared with.
    pub(crate) is_proven: bool,
    pub(crate) notation: Notation,
}

impl<'t> Family<'t> {
    /// No documents.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads one document in YAML. `name` is what diagnostics call the file; `stem` is the file's name without `.yaml`.
    pub fn add(&mut self, sources: &mut SourceMap, name: &str, stem: &str, bytes: &'t [u8]) {
        let mut found = Findings::default();
        let start = sources.next_index();
        let (_, tree) = read_yaml(sources, name, bytes, &mut found);
        let locs = start..sources.next_index();
        self.documents.insert(stem.to_owned(), Rc::new(Document { tree, found, locs }));
    }

    /// Names a file of the folder that was not read: it may be what a misspelt name meant.
    pub fn add_name(&mut self, stem: impl Into<String>) {
        self.others.push(stem.into());
    }

    /// Checks the document of this name, together with what it inherits. What is wrong with a document that it extends is
    /// said of that document alone.
    pub fn check(&mut self, stem: &str, set: &PolicySet) -> Checked<Policy> {
        let subject = Subject { stem: Some(stem), set, notation: Notation::File };
        let Some(document) = self.documents.get(stem).map(Rc::clone) else {
            return Checked::unread(Findings::default(), Some(stem), set);
        };
        let found = document.found.clone();
        let Some(tree) = &document.tree else { return Checked::unread(found, Some(stem), set) };
        self.examine(tree, &subject, found).into_checked(&subject)
    }

    /// Reads one document in YAML and checks it, together with what it inherits, without adding it: no other document
    /// extends it. `name` and `stem` are those of [`Family::add`].
    pub fn check_leaf(
        &mut self,
        sources: &mut SourceMap,
        name: &str,
        stem: Option<&str>,
        bytes: &[u8],
        set: &PolicySet,
    ) -> Checked<Policy> {
        let mut found = Findings::default();
        let subject = Subject { stem, set, notation: Notation::File };
        let (_, tree) = read_yaml(sources, name, bytes, &mut found);
        match tree {
            Some(tree) => self.examine(&tree, &subject, found).into_checked(&subject),
            None => Checked::unread(found, stem, set),
        }
    }

    /// Checks one policy that another front end has read, together with what it inherits.
    pub fn check_tree(&mut self, tree: &Node<'t>, notation: Notation, set: &PolicySet) -> Checked<Policy> {
        let mut found = Findings::default();
        if let Some(loc) = tree.deeper_than(MAX_DEPTH) {
            found.push(nesting_too_deep::found(loc));
            return Checked::unread(found, None, set);
        }
        let subject = Subject { stem: None, set, notation };
        self.examine(tree, &subject, found).into_checked(&subject)
    }

    /// The mistakes of all documents but the one of this name.
    pub fn mistakes_of_others(&mut self, stem: Option<&str>, set: &PolicySet) -> Vec<Diagnostic> {
        let others: Vec<_> = self.documents.keys().filter(|name| Some(&***name) != stem).cloned().collect();
        let found = others.iter().flat_map(|name| self.check(name, set).diagnostics);
        found.filter(|found| found.severity() == Severity::Error).collect()
    }

    /// Examines a document, together with what it inherits.
    pub(crate) fn examine<'d>(
        &mut self,
        tree: &Node<'d>,
        subject: &Subject<'_>,
        mut found: Findings,
    ) -> Examined<'d>
    where
        't: 'd,
    {
        let extends = match Extends::of(tree) {
            Extends::Nothing => return subject.examine(tree, None, found),
            // Said while it is lowered.
            Extends::Malformed => return subject.examine_alone(tree, found),
            Extends::Named(extends) => extends,
        };
        if let Err(problem) = self.trace(&extends, subject) {
            if let Some(problem) = problem {
                found.push(*problem);
            }
            return subject.examine_alone(tree, found);
        }
        let Some(parent) = self.ancestor(extends.name, subject.set) else {
            return subject.examine_alone(tree, found);
        };
        let inherited = inherit(tree, &parent.tree, subject.notation);
        let heritage = Heritage {
            parent: extends.name,
            extends: extends.loc,
            old: &parent.tree,
            old_sections: &parent.sections,
            new: &inherited.tree,
            unset: &inherited.unset,
            idle: &inherited.idle,
            exceptions: &parent.exceptions,
            is_proven: parent.is_proven,
            notation: subject.notation,
        };
        let mut examined = subject.examine(&inherited.tree, Some(&heritage), found);
        examined.is_based = parent.is_proven;
        examined.findings.retain(|found| !parent.has_reported(found));
        examined.findings.for_each(|found| {
            if parent.holds(found.place()) {
                found.add_related(extends.loc, format!("inherited from `{}` here", extends.name));
            }
        });
        examined.whole = Some(inherited.tree);
        examined
    }

    /// The document of this name with what it inherits, unless it cannot be read.
    fn ancestor(&mut self, name: &str, set: &PolicySet) -> Option<Rc<Ancestor<'t>>> {
        if let Some(known) = self.ancestors.get(name) {
            return Some(Rc::clone(known));
        }
        let document = self.documents.get(name).map(Rc::clone)?;
        let tree = document.tree.as_ref()?;
        let subject = Subject { stem: Some(name), set, notation: Notation::File };
        let mut examined = self.examine(tree, &subject, document.found.clone());
        let (mut reported, mut locs) = (examined.findings.places(), vec![document.locs.clone()]);
        let mut exceptions = Vec::new();
        if let Some(grandparent) = extended(tree).and_then(|name| self.ancestors.get(name)) {
            reported.extend(grandparent.reported.iter().cloned());
            locs.extend(grandparent.locs.iter().cloned());
            let own = examined.draft.sections.governance.special.loosen.iter();
            exceptions.extend(own.map(|one| (one.clone(), Rc::clone(grandparent))));
            exceptions.extend(grandparent.exceptions.iter().cloned());
        }
        let (_, is_proven) = examined.settle(&subject);
        let ancestor = Rc::new(Ancestor {
            tree: examined.whole.unwrap_or_else(|| tree.clone()),
            is_proven,
            sections: examined.draft.sections,
            reported,
            exceptions,
            locs,
        });
        self.ancestors.insert(name.to_owned(), Rc::clone(&ancestor));
        Some(ancestor)
    }
}

impl Ancestor<'_> {
    fn has_reported(&self, found: &Diagnostic) -> bool {
        self.reported.iter().any(|(rule, place)| *rule == found.rule().id && place == found.place())
    }

    fn holds(&self, place: &Place) -> bool {
        let Place::At(loc) = place else { return false };
        self.locs.iter().any(|locs| locs.contains(&loc.index()))
    }
}

/// The name of the policy that a document in YAML extends, if it is the name of one.
pub fn extended_by(bytes: &[u8]) -> Option<String> {
    let (_, tree) = read_yaml(&mut SourceMap::default(), "", bytes, &mut Findings::default());
    extended(&tree?).map(str::to_owned)
}

/// The name of the policy that a document extends, if it is the name of one.
pub fn extended<'n>(tree: &'n Node<'_>) -> Option<&'n str> {
    match Extends::of(tree) {
        Extends::Named(extends) => Some(extends.name),
        Extends::Nothing | Extends::Malformed => None,
    }
}

#[cfg(test)]
mod tests;
