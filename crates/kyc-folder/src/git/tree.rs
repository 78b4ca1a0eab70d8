//! One folder of a commit, as a source of files.

use std::collections::BTreeMap;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::git::blobs::Blobs;
use crate::git::command::{git, run};
use crate::git::revision::is_object_id;
use crate::git::{Commit, RevisionError};
use crate::names::is_yaml;
use crate::source::{LoadError, Source, visible};

/// The modes of regular files, with and without the right to be executed.
const REGULAR: [&str; 2] = ["100644", "100755"];

/// A folder at a commit.
#[derive(Debug)]
pub(crate) struct Tree {
    commit: Commit,
    /// What stands directly in the folder, under paths as it was named.
    entries: BTreeMap<PathBuf, Entry>,
    blobs: Blobs,
}

#[derive(Debug)]
struct Entry {
    id: String,
    is_file: bool,
}

impl Tree {
    /// Finds the folder at the revision.
    pub(crate) fn open(folder: &Path, revision: &str) -> Result<Self, RevisionError> {
        // The folder may have been removed since: git then runs in the nearest one that is still there.
        let place = folder.ancestors().find(|path| path.as_os_str().is_empty() || path.is_dir());
        let place = place.unwrap_or(Path::new(""));
        let prefix = prefix(place, folder)?;
        let commit = Commit::find(place, revision)?;
        let missing = || RevisionError::no_folder(folder, revision);
        let inside = inside(place, folder).ok_or_else(missing)?;
        let path = format!("{prefix}{inside}");
        let id = object(place, &format!("{}:{}", commit.id(), path.trim_end_matches('/')))?;
        let entries = entries(place, &id.ok_or_else(missing)?)?.ok_or_else(missing)?;
        let entries = entries.into_iter().map(|(name, entry)| (folder.join(name), entry)).collect();
        Ok(Self { commit, entries, blobs: Blobs::open(place)? })
    }

    /// The commit.
    pub(crate) fn into_commit(self) -> Commit {
        self.commit
    }
}

impl Source for Tree {
    fn list(&mut self, folder: &Path) -> Result<Vec<PathBuf>, LoadError> {
        let here = self.entries.iter().filter(|(path, _)| path.parent() == Some(folder) && is_yaml(path));
        here.map(
            |(path, entry)| {
                if entry.is_file { Ok(path.clone()) } else { Err(LoadError::not_a_file(path)) }
            },
        )
        .collect()
    }

    fn has(&mut self, path: &Path) -> Result<bool, LoadError> {
        Ok(self.entries.contains_key(path))
    }

    fn read(&mut self, path: &Path) -> Result<Vec<u8>, LoadError> {
        let error = |source| LoadError::new(path, source);
        match self.entries.get(path) {
            None => Err(error(io::ErrorKind::NotFound.into())),
            Some(entry) if !entry.is_file => Err(LoadError::not_a_file(path)),
            Some(entry) => self.blobs.read(&entry.id).map_err(error),
        }
    }

    fn shown(&self, path: &Path) -> String {
        visible(&format!("{}:{}", self.commit.revision(), path.to_string_lossy()))
    }
}

/// Where in its repository `place` is: empty, or with a slash at the end.
fn prefix(place: &Path, folder: &Path) -> Result<String, RevisionError> {
    let output = run(git(place).args(["rev-parse", "--show-prefix"]))?;
    if !output.status.success() {
        return Err(RevisionError::no_repository(folder, &output));
    }
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(text.strip_suffix('\n').map(ToOwned::to_owned).unwrap_or(text))
}

/// The way from `place` down to the folder; `None` if it leads up.
fn inside(place: &Path, folder: &Path) -> Option<String> {
    let way = folder.strip_prefix(place).ok()?;
    let names = way.components().filter(|component| *component != Component::CurDir);
    let names: Option<Vec<_>> = names
        .map(|component| match component {
            Component::Normal(name) => name.to_str(),
            _ => None,
        })
        .collect();
    Some(names?.join("/"))
}

/// The id of what `name` means, if it means something.
fn object(place: &Path, name: &str) -> Result<Option<String>, RevisionError> {
    let mut command = git(place);
    let output = run(command.args(["rev-parse", "--verify", "--quiet", "--end-of-options", name]))?;
    let id = String::from_utf8_lossy(&output.stdout).trim_ascii().to_owned();
    Ok((output.status.success() && is_object_id(&id)).then_some(id))
}

/// What stands directly in a tree; `None` if the id is of something else.
fn entries(place: &Path, tree: &str) -> Result<Option<Vec<(String, Entry)>>, RevisionError> {
    let output = run(git(place).args(["ls-tree", "-z", "--full-tree", "--end-of-options", tree]))?;
    if !output.status.success() {
        return Ok(None);
    }
    let lines = output.stdout.split(|byte| *byte == 0).filter(|line| !line.is_empty());
    Ok(Some(lines.filter_map(entry).collect()))
}

/// An entry as `ls-tree -z` writes it: `<mode> <type> <id>`, a tab, the name.
fn entry(line: &[u8]) -> Option<(String, Entry)> {
    let line = String::from_utf8_lossy(line);
    let (about, name) = line.split_once('\t')?;
    let mut words = about.split(' ');
    let (mode, _, id) = (words.next()?, words.next()?, words.next()?);
    let entry = Entry { id: id.to_owned(), is_file: REGULAR.contains(&mode) };
    Some((name.to_owned(), entry))
}
