//! A folder of policies on disk: every file is read and checked, and every mistake is kept with its place.
//!
//! The one place that says which files of a folder are policies, for programs and for the compiler alike. It only
//! reads, and nothing but the folder that it is given.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use kyc_policy::{
    Checked, ClientSection, Diagnostic, MAX_BYTES, Places, Policy, PolicySet, Severity, SourceMap,
    check_policy, check_set, ignored_file,
};
use thiserror::Error;

/// The file that holds what the policies of a folder share.
pub const SET_FILE: &str = "_set.yaml";

/// The policies of a folder (or a single one), checked.
#[derive(Debug, Default)]
pub struct Folder {
    sources: SourceMap,
    set: PolicySet,
    /// The path of the set's file, if there is one.
    set_path: Option<PathBuf>,
    files: Vec<PolicyFile>,
    diagnostics: Vec<Diagnostic>,
}

/// One policy file.
#[derive(Debug)]
pub struct PolicyFile {
    /// The path as diagnostics show it.
    pub path: PathBuf,
    /// The file's name without `.yaml`, by which tokens are issued.
    pub name: String,
    /// The policy, if the file has no mistake.
    pub policy: Option<Policy>,
    /// Where each key was written.
    pub places: Places,
    /// What the caller brings, as far as it was understood, mistakes or not.
    pub client: ClientSection,
}

/// A folder or file that cannot be read.
#[derive(Debug, Error)]
#[error("cannot read `{}`", path.display())]
pub struct LoadError {
    path: PathBuf,
    #[source]
    source: io::Error,
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
        let entries = list(root, folder)?;
        let policies: Vec<_> = entries.iter().filter(|path| is_policy(path)).cloned().collect();
        let mut read = Self::read_files(root, folder, &policies)?;
        for path in entries.iter().filter(|path| looks_like_policy(path)) {
            let warning = ignored_file(&mut read.sources, &shown(path));
            read.diagnostics.push(warning);
        }
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
        if is_set {
            let error = |source| LoadError { path: path.to_owned(), source };
            fs::symlink_metadata(root.join(path)).map_err(error)?;
        }
        let paths = if is_set { Vec::new() } else { vec![path.to_owned()] };
        Self::read_files(root, folder, &paths)
    }

    fn read_files(root: &Path, folder: &Path, paths: &[PathBuf]) -> Result<Self, LoadError> {
        let mut sources = SourceMap::default();
        let set_path = folder.join(SET_FILE);
        let set_path = is_there(root, &set_path)?.then_some(set_path);
        let (set, mut diagnostics) = match &set_path {
            Some(path) => check_set(&mut sources, &shown(path), &read_bytes(root, path)?),
            None => (PolicySet::empty(), Vec::new()),
        };
        let mut files = Vec::with_capacity(paths.len());
        for path in paths {
            let name = stem(path);
            let bytes = read_bytes(root, path)?;
            let Checked { value, diagnostics: found, places, client } =
                check_policy(&mut sources, &shown(path), Some(&name), &bytes, &set);
            diagnostics.extend(found);
            files.push(PolicyFile { path: path.clone(), name, policy: value, places, client });
        }
        Ok(Self { sources, set, set_path, files, diagnostics })
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

    /// The file of this name.
    pub fn file(&self, name: &str) -> Option<&PolicyFile> {
        self.files.iter().find(|file| file.name == name)
    }

    /// Mistakes and warnings, file by file.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
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

/// The files directly in `folder`, sorted by name.
fn list(root: &Path, folder: &Path) -> Result<Vec<PathBuf>, LoadError> {
    let error = |source| LoadError { path: folder.to_owned(), source };
    let mut paths = Vec::new();
    for entry in fs::read_dir(at(root, folder)).map_err(error)? {
        let path = folder.join(entry.map_err(error)?.file_name());
        if !names_yaml(&path) {
            continue;
        }
        // What bears a policy's name must be one: a link that leads nowhere or a folder would hide that it is missing.
        let metadata =
            fs::metadata(root.join(&path)).map_err(|source| LoadError { path: path.clone(), source })?;
        if !metadata.is_file() {
            return Err(not_a_file(&path));
        }
        paths.push(path);
    }
    paths.sort_unstable();
    Ok(paths)
}

/// Whether a file stands there, even if it is a link that leads nowhere: reading it then says so.
fn is_there(root: &Path, path: &Path) -> Result<bool, LoadError> {
    match fs::symlink_metadata(root.join(path)) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(source) => Err(LoadError { path: path.to_owned(), source }),
    }
}

fn is_policy(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yaml") && !begins_with(path, &['_', '.'])
}

/// A file that its author may take for a policy although it is not read.
fn looks_like_policy(path: &Path) -> bool {
    let is_set = path.file_name().is_some_and(|name| name == SET_FILE);
    let is_yaml =
        path.extension().is_some_and(|e| e.eq_ignore_ascii_case("yml") || e.eq_ignore_ascii_case("yaml"));
    is_yaml && !is_policy(path) && !is_set && !begins_with(path, &['.'])
}

fn names_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("yml") || e.eq_ignore_ascii_case("yaml"))
}

fn not_a_file(path: &Path) -> LoadError {
    LoadError {
        path: path.to_owned(),
        source: io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"),
    }
}

fn begins_with(path: &Path, marks: &[char]) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(marks))
}

/// A file's bytes; of a file that is too large only so many that the reader notices.
fn read_bytes(root: &Path, path: &Path) -> Result<Vec<u8>, LoadError> {
    let error = |source| LoadError { path: path.to_owned(), source };
    let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    // Opening a pipe would wait for a writer that may never come.
    let file = root.join(path);
    if !fs::metadata(&file).map_err(error)?.is_file() {
        return Err(not_a_file(path));
    }
    let mut bytes = Vec::new();
    File::open(file).map_err(error)?.take(limit).read_to_end(&mut bytes).map_err(error)?;
    Ok(bytes)
}

/// The file's name without `.yaml`.
fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// `path` under `root`; of two empty ones, the current folder.
fn at(root: &Path, path: &Path) -> PathBuf {
    let path = root.join(path);
    if path.as_os_str().is_empty() { PathBuf::from(".") } else { path }
}

/// The path as diagnostics show it: a control character in a name could forge lines of a report.
fn shown(path: &Path) -> String {
    let is_plain = |c: char| !kyc_core::is_invisible(c);
    path.to_string_lossy().chars().map(|c| if is_plain(c) { c } else { '\u{fffd}' }).collect()
}
