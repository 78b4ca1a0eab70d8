//! The files that a policy extends, and those that these extend.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use kyc_policy::tree::Node;
use kyc_policy::{Checked, Diagnostic, Family, Notation, Policy, SourceMap, extended, extended_by};

use crate::disk::Disk;
use crate::names::{is_policy, stem};
use crate::source::{LoadError, Source};
use crate::{Folder, PolicyFile};

/// The key by which a policy says what it extends.
const WORD: &[u8] = b"extends";

/// A file that was read.
pub(crate) struct Text {
    pub(crate) path: PathBuf,
    pub(crate) bytes: Vec<u8>,
}

impl Text {
    pub(crate) fn read(source: &mut dyn Source, path: &Path) -> Result<Self, LoadError> {
        Ok(Self { path: path.to_owned(), bytes: source.read(path)? })
    }

    /// Whether it may extend another: it holds the word, or an escape that may stand for a part of it.
    pub(crate) fn may_extend(&self) -> bool {
        self.bytes.contains(&b'\\') || self.bytes.windows(WORD.len()).any(|word| word == WORD)
    }

    /// The policy that it extends.
    pub(crate) fn extends(&self) -> Option<String> {
        self.may_extend().then(|| extended_by(&self.bytes)).flatten()
    }
}

/// The files as a family.
pub(crate) fn family<'t>(
    source: &dyn Source,
    sources: &mut SourceMap,
    texts: impl IntoIterator<Item = &'t Text>,
) -> Family<'t> {
    let mut family = Family::new();
    for text in texts {
        family.add(sources, &source.shown(&text.path), &stem(&text.path), &text.bytes);
    }
    family
}

impl Folder {
    /// Checks one file, of which nobody knows yet what it extends.
    pub(crate) fn add_file(
        &mut self,
        source: &mut dyn Source,
        folder: &Path,
        path: &Path,
    ) -> Result<(), LoadError> {
        let text = Text::read(source, path)?;
        let name = stem(path);
        let parents = ancestors(source, folder, text.extends(), Some(path))?;
        let mut family = family(source, &mut self.sources, parents.iter().chain([&text]));
        add_names(&mut family, source, folder);
        self.diagnostics.extend(family.mistakes_of_others(Some(&name), &self.set));
        self.add(&mut family, path);
        self.parents = parents.into_iter().map(|parent| parent.path).collect();
        Ok(())
    }

    /// Checks one file of the family.
    pub(crate) fn add(&mut self, family: &mut Family<'_>, path: &Path) {
        let name = stem(path);
        let Checked { value, diagnostics, places, client, waived, groups, left_out } =
            family.check(&name, &self.set);
        self.diagnostics.extend(diagnostics);
        self.waived.extend(waived);
        self.files.push(PolicyFile {
            path: path.to_owned(),
            name,
            policy: value,
            places,
            client,
            groups,
            left_out,
        });
    }

    /// Checks a policy that another front end has read, together with the files that it extends: the policy, and the
    /// mistakes of those files. They lie beside the set, whose path is relative to `root`; without a set there are none.
    ///
    /// # Errors
    ///
    /// A file that is extended cannot be read.
    pub fn check_tree(
        &mut self,
        root: &Path,
        tree: &Node<'_>,
        notation: Notation,
    ) -> Result<(Checked<Policy>, Vec<Diagnostic>), LoadError> {
        let Some(folder) = self.set_path.as_deref().and_then(Path::parent).map(Path::to_owned) else {
            return Ok((Family::new().check_tree(tree, notation, &self.set), Vec::new()));
        };
        let mut source = Disk { root };
        let parents = ancestors(&mut source, &folder, extended(tree).map(str::to_owned), None)?;
        let mut family = family(&source, &mut self.sources, &parents);
        add_names(&mut family, &mut source, &folder);
        let found = family.mistakes_of_others(None, &self.set);
        let checked = family.check_tree(tree, notation, &self.set);
        self.parents = parents.into_iter().map(|parent| parent.path).collect();
        Ok((checked, found))
    }
}

/// The files that are extended and those that these extend, as far as they are there. `own` is read already.
pub(crate) fn ancestors(
    source: &mut dyn Source,
    folder: &Path,
    extended: impl IntoIterator<Item = String>,
    own: Option<&Path>,
) -> Result<Vec<Text>, LoadError> {
    let mut texts = Vec::new();
    let mut known = BTreeSet::from_iter(own.map(Path::to_owned));
    let mut next: Vec<String> = extended.into_iter().collect();
    while let Some(name) = next.pop() {
        let path = folder.join(format!("{name}.yaml"));
        if known.insert(path.clone()) && source.has(&path)? {
            let text = Text::read(source, &path)?;
            next.extend(text.extends());
            texts.push(text);
        }
    }
    Ok(texts)
}

/// Tells the family which other files there are; what cannot be listed is no advice.
fn add_names(family: &mut Family<'_>, source: &mut dyn Source, folder: &Path) {
    let others = source.list(folder).unwrap_or_default();
    for path in others.iter().filter(|path| is_policy(path)) {
        family.add_name(stem(path));
    }
}
