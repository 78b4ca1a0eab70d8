//! A folder of policies, on disk or at a revision of a git repository: every file is read and checked, and every
//! mistake is kept with its place.
//!
//! The one place that says which files of a folder are policies, for programs and for the compiler alike. It only
//! reads, and nothing but the folder that it is given.

mod cases;
mod disk;
mod git;
mod names;
mod parents;
mod policies;
mod source;

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use kyc_core::CountrySet;
use kyc_policy::{
    ClientSection, Diagnostic, Member, Noted, Places, Policy, PolicySet, Severity, SourceMap, UsedGroup,
    Waived, check_day, check_ignored_file, check_set, check_together,
};

use crate::disk::Disk;
use crate::names::{is_policy, looks_like_policy};
use crate::parents::{Text, family};
use crate::source::Source;

pub use cases::{TESTS_FOLDER, TestFile, read_tests};
pub use git::{Commit, RevisionError};
pub use policies::{Policies, Refused};
pub use source::LoadError;

/// The file that holds what the policies of a folder share.
pub const SET_FILE: &str = "_set.yaml";

/// The policies of a folder (or a single one), checked.
#[derive(Debug, Default)]
pub struct Folder {
    sources: SourceMap,
    set: PolicySet,
    /// The path of the set's file, if there is one.
    set_path: Option<PathBuf>,
    /// The commit that it was read from, if not from disk.
    commit: Option<Commit>,
    files: Vec<PolicyFile>,
    /// Files that are extended and are none of `files`.
    parents: Vec<PathBuf>,
    diagnostics: Vec<Diagnostic>,
    waived: Vec<Waived>,
    /// Whether all policies of the folder were read, and not one by itself.
    is_whole: bool,
}

/// One policy file.
#[derive(Debug)]
pub struct PolicyFile {
    /// The path, as the folder was named.
    pub path: PathBuf,
    /// The file's name without `.yaml`, by which tokens are issued.
    pub name: String,
    /// The policy, if the file has no mistake.
    pub policy: Option<Policy>,
    /// Where each key was written.
    pub places: Places,
    /// What the caller brings, as far as it was understood, mistakes or not.
    pub client: ClientSection,
    groups: Vec<UsedGroup>,
    /// Countries that the policy leaves out in so many words, as `-LI` does.
    pub left_out: CountrySet,
}

impl Folder {
    /// Reads and checks the `*.yaml` files directly in `folder`, under its `_set.yaml` if there is one.
    ///
    /// # Errors
    ///
    /// The folder or a file in it cannot be read. Mistakes in policies are no error here: see
    /// [`Folder::diagnostics`].
    pub fn read(folder: &Path) -> Result<Self, LoadError> {
        Self::read_in(Path::new(""), folder)
    }

    /// [`Folder::read`] of a path relative to `root`. Nothing that is said of the files tells where `root` is.
    ///
    /// # Errors
    ///
    /// Those of [`Folder::read`].
    pub fn read_in(root: &Path, folder: &Path) -> Result<Self, LoadError> {
        Self::read_all(&mut Disk { root }, folder)
    }

    /// [`Folder::read`] of the folder as it was at a revision (a commit, branch or tag) of the git repository around it.
    /// The folder need not be on disk any more, and nothing on disk is read but the repository. Diagnostics show the
    /// paths as git writes them, such as `main:policies/shop.yaml`.
    ///
    /// # Errors
    ///
    /// `git` cannot be run, the folder is in no repository, the repository has no such revision, the revision no such
    /// folder, or a file in it is none (a link, a module).
    pub fn read_at(folder: &Path, revision: &str) -> Result<Self, RevisionError> {
        let mut tree = git::Tree::open(folder, revision)?;
        let mut read = Self::read_all(&mut tree, folder)?;
        read.commit = Some(tree.into_commit());
        Ok(read)
    }

    fn read_all(source: &mut dyn Source, folder: &Path) -> Result<Self, LoadError> {
        let entries = source.list(folder)?;
        let policies: Vec<_> = entries.iter().filter(|path| is_policy(path)).cloned().collect();
        let mut read = Self::read_files(source, folder, &policies)?;
        for path in entries.iter().filter(|path| looks_like_policy(path)) {
            let Noted { diagnostics, waived, .. } =
                check_ignored_file(&mut read.sources, &read.set, &source.shown(path));
            read.diagnostics.extend(diagnostics);
            read.waived.extend(waived);
        }
        read.is_whole = true;
        Ok(read)
    }

    /// Reads and checks one policy file, under the `_set.yaml` beside it if there is one.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub fn read_file(path: &Path) -> Result<Self, LoadError> {
        Self::read_file_in(Path::new(""), path)
    }

    /// [`Folder::read_file`] of a path relative to `root`.
    ///
    /// # Errors
    ///
    /// Those of [`Folder::read_file`].
    pub fn read_file_in(root: &Path, path: &Path) -> Result<Self, LoadError> {
        let folder = path.parent().unwrap_or(Path::new(""));
        let is_set = path.file_name().is_some_and(|name| name == SET_FILE);
        let mut source = Disk { root };
        if is_set {
            // A policy may stand without a set; a set that is asked for is there, or reading it says why not.
            source.read(path)?;
        }
        let mut read = Self::read_set(&mut source, folder)?;
        if !is_set {
            read.add_file(&mut source, folder, path)?;
        }
        read.look_over();
        Ok(read)
    }

    fn read_files(source: &mut dyn Source, folder: &Path, paths: &[PathBuf]) -> Result<Self, LoadError> {
        let mut read = Self::read_set(source, folder)?;
        let texts = paths.iter().map(|path| Text::read(source, path)).collect::<Result<Vec<_>, _>>()?;
        if texts.iter().any(Text::may_extend) {
            let mut family = family(source, &mut read.sources, &texts);
            for path in paths {
                read.add(&mut family, path);
            }
        } else {
            // Files that have nothing to do with each other need not be in memory together.
            for text in texts {
                let mut family = family(source, &mut read.sources, [&text]);
                read.add(&mut family, &text.path);
            }
        }
        read.look_over();
        Ok(read)
    }

    /// The folder's set alone.
    fn read_set(source: &mut dyn Source, folder: &Path) -> Result<Self, LoadError> {
        let mut sources = SourceMap::default();
        let set_path = folder.join(SET_FILE);
        let set_path = source.has(&set_path)?.then_some(set_path);
        let (set, diagnostics) = match &set_path {
            Some(path) => check_set(&mut sources, &source.shown(path), &source.read(path)?),
            None => (PolicySet::empty(), Vec::new()),
        };
        let waived = set.waived().to_vec();
        Ok(Self { sources, set, set_path, diagnostics, waived, ..Self::default() })
    }

    /// Adds what is found over all files together.
    fn look_over(&mut self) {
        let together = check_together(&self.set, &members(&self.files));
        self.diagnostics.extend(together.diagnostics);
        self.waived.extend(together.waived);
    }

    /// The folder with what depends on the day: reviews that are due, and waivers that have run out or excuse nothing.
    /// Programs and the compiler do without, or what was built yesterday would not start today.
    #[must_use]
    pub fn on_day_of(mut self, now: Timestamp) -> Self {
        let waived = std::mem::take(&mut self.waived);
        let noted = check_day(&self.set, &members(&self.files), waived, self.is_whole, now);
        self.diagnostics.extend(noted.diagnostics);
        self.waived = noted.waived;
        self
    }

    /// The policy files, sorted by name.
    pub fn files(&self) -> &[PolicyFile] {
        &self.files
    }

    /// What the policies share.
    pub const fn set(&self) -> &PolicySet {
        &self.set
    }

    /// The path of the set's file, if there is one.
    pub fn set_path(&self) -> Option<&Path> {
        self.set_path.as_deref()
    }

    /// The commit that the folder was read from, if not from disk.
    pub const fn commit(&self) -> Option<&Commit> {
        self.commit.as_ref()
    }

    /// Every file that was read: policies, those that are only extended, and the set.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        let parents = self.parents.iter().map(PathBuf::as_path);
        self.files.iter().map(|file| file.path.as_path()).chain(parents).chain(self.set_path())
    }

    /// The file of this name.
    pub fn file(&self, name: &str) -> Option<&PolicyFile> {
        self.files.iter().find(|file| file.name == name)
    }

    /// Mistakes and warnings, file by file.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Findings that a waiver of the set excuses.
    pub fn waived(&self) -> &[Waived] {
        &self.waived
    }

    /// Whether some file has a mistake.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error)
    }

    /// The texts that were read, for rendering diagnostics.
    pub const fn sources(&self) -> &SourceMap {
        &self.sources
    }

    /// The texts that were read, for front ends that add places of their own.
    pub const fn sources_mut(&mut self) -> &mut SourceMap {
        &mut self.sources
    }

    /// The policies, if no file has a mistake: a folder is taken as a whole.
    ///
    /// # Errors
    ///
    /// The folder itself, with its diagnostics.
    pub fn into_policies(self) -> Result<Vec<Policy>, Box<Self>> {
        if self.has_errors() || self.files.iter().any(|file| file.policy.is_none()) {
            return Err(Box::new(self));
        }
        Ok(self.files.into_iter().filter_map(|file| file.policy).collect())
    }
}

fn members(files: &[PolicyFile]) -> Vec<Member<'_>> {
    let members = files.iter().map(|file| {
        let PolicyFile { name, policy, places, groups, .. } = file;
        Member { name, policy: policy.as_ref(), places, groups }
    });
    members.collect()
}
