//! Where the files of a folder come from: the disk, or a revision of a repository.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// The files of a folder.
pub(crate) trait Source {
    /// What bears the name of a YAML file directly in `folder`, sorted by name.
    fn list(&mut self, folder: &Path) -> Result<Vec<PathBuf>, LoadError>;

    /// Whether a file stands there, even if it is a link that leads nowhere: reading it then says so.
    fn has(&mut self, path: &Path) -> Result<bool, LoadError>;

    /// A file's bytes; of a file that is too large only so many that the reader notices.
    fn read(&mut self, path: &Path) -> Result<Vec<u8>, LoadError>;

    /// The path as diagnostics show it, with where it comes from if that is not the disk.
    fn shown(&self, path: &Path) -> String;
}

/// A folder or file that cannot be read.
#[derive(Debug, Error)]
#[error("cannot read `{}`", path.display())]
pub struct LoadError {
    path: PathBuf,
    #[source]
    source: io::Error,
}

impl LoadError {
    pub(crate) fn new(path: &Path, source: io::Error) -> Self {
        Self { path: path.to_owned(), source }
    }

    /// What bears a policy's name must be one: a link that leads nowhere or a folder would hide that it is missing.
    pub(crate) fn not_a_file(path: &Path) -> Self {
        Self::new(path, io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"))
    }
}

/// The text with every character replaced that could forge lines of a report.
pub(crate) fn visible(text: &str) -> String {
    text.chars().map(|c| if kyc_core::is_invisible(c) { '\u{fffd}' } else { c }).collect()
}
