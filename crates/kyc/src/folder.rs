//! A folder of policies on disk: every file is read and checked, and every mistake is kept with its place.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use kyc_policy::{
    Checked, Diagnostic, MAX_BYTES, Places, Policy, PolicySet, Severity, SourceMap, check_policy, check_set,
    ignored_file,
};
use thiserror::Error;

use crate::registry::{Mistakes, Registry};

/// The file that holds what the policies of a folder share.
pub const SET_FILE: &str = "_set.yaml";

/// The policies of a folder (or a single one), checked.
#[derive(Debug)]
pub struct Folder {
    sources: SourceMap,
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
        let entries = list(folder)?;
        let policies: Vec<_> = entries.iter().filter(|path| is_policy(path)).cloned().collect();
        let mut read = Self::read_files(folder, &policies)?;
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
        let folder = path.parent().unwrap_or(Path::new(""));
        let is_set = path.file_name().is_some_and(|name| name == SET_FILE);
        if is_set && !is_there(path)? {
            return Err(LoadError { path: path.to_owned(), source: io::ErrorKind::NotFound.into() });
        }
        let paths = if is_set { Vec::new() } else { vec![path.to_owned()] };
        Self::read_files(folder, &paths)
    }

    fn read_files(folder: &Path, paths: &[PathBuf]) -> Result<Self, LoadError> {
        let mut sources = SourceMap::default();
        let mut diagnostics = Vec::new();
        let set_path = folder.join(SET_FILE);
        let set = if is_there(&set_path)? {
            let (set, found) = check_set(&mut sources, &shown(&set_path), &read_bytes(&set_path)?);
            diagnostics.extend(found);
            set
        } else {
            PolicySet::empty()
        };
        let mut files = Vec::with_capacity(paths.len());
        for path in paths {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let bytes = read_bytes(path)?;
            let Checked { value, diagnostics: found, places } =
                check_policy(&mut sources, &shown(path), Some(&name), &bytes, &set);
            diagnostics.extend(found);
            files.push(PolicyFile { path: path.clone(), name, policy: value, places });
        }
        Ok(Self { sources, files, diagnostics })
    }

    /// The policy files, sorted by name.
    pub fn files(&self) -> &[PolicyFile] {
        &self.files
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

    /// The policies by name, if no file has a mistake.
    ///
    /// # Errors
    ///
    /// All mistakes of all files. A folder is taken as a whole: a service never runs with half of its policies.
    pub fn into_registry(self) -> Result<Registry, Mistakes> {
        if self.has_errors() || self.files.iter().any(|file| file.policy.is_none()) {
            return Err(Mistakes::new(&self.sources, &self.diagnostics));
        }
        Ok(self.files.into_iter().filter_map(|file| file.policy).collect())
    }
}

/// The files directly in `folder`, sorted by name.
fn list(folder: &Path) -> Result<Vec<PathBuf>, LoadError> {
    let error = |source| LoadError { path: folder.to_owned(), source };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(error)? {
        let path = entry.map_err(error)?.path();
        if !names_yaml(&path) {
            continue;
        }
        // What bears a policy's name must be one: a link that leads nowhere or a folder would hide that it is missing.
        let metadata = fs::metadata(&path).map_err(|source| LoadError { path: path.clone(), source })?;
        if !metadata.is_file() {
            return Err(not_a_file(&path));
        }
        paths.push(path);
    }
    paths.sort_unstable();
    Ok(paths)
}

/// Whether a file stands there, even if it is a link that leads nowhere: reading it then says so.
fn is_there(path: &Path) -> Result<bool, LoadError> {
    match fs::symlink_metadata(path) {
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
fn read_bytes(path: &Path) -> Result<Vec<u8>, LoadError> {
    let error = |source| LoadError { path: path.to_owned(), source };
    let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    // Opening a pipe would wait for a writer that may never come.
    if !fs::metadata(path).map_err(error)?.is_file() {
        return Err(not_a_file(path));
    }
    let mut bytes = Vec::new();
    File::open(path).map_err(error)?.take(limit).read_to_end(&mut bytes).map_err(error)?;
    Ok(bytes)
}

/// The path as diagnostics show it: a control character in a name could forge lines of a report.
fn shown(path: &Path) -> String {
    let is_plain = |c: char| !kyc_core::is_invisible(c);
    path.to_string_lossy().chars().map(|c| if is_plain(c) { c } else { '\u{fffd}' }).collect()
}
