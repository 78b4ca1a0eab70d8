//! The files of a folder on disk.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use kyc_policy::MAX_BYTES;

use crate::names::is_yaml;
use crate::source::{LoadError, Source, visible};

/// Files under `root`, which nothing that is said of them mentions.
#[derive(Debug)]
pub(crate) struct Disk<'r> {
    pub(crate) root: &'r Path,
}

impl Disk<'_> {
    /// `path` under the root; of two empty ones, the current folder.
    fn at(&self, path: &Path) -> PathBuf {
        let path = self.root.join(path);
        if path.as_os_str().is_empty() { PathBuf::from(".") } else { path }
    }
}

impl Source for Disk<'_> {
    fn list(&mut self, folder: &Path) -> Result<Vec<PathBuf>, LoadError> {
        let error = |source| LoadError::new(folder, source);
        let mut paths = Vec::new();
        for entry in fs::read_dir(self.at(folder)).map_err(error)? {
            let path = folder.join(entry.map_err(error)?.file_name());
            if !is_yaml(&path) {
                continue;
            }
            let metadata = fs::metadata(self.at(&path)).map_err(|source| LoadError::new(&path, source))?;
            if !metadata.is_file() {
                return Err(LoadError::not_a_file(&path));
            }
            paths.push(path);
        }
        paths.sort_unstable();
        Ok(paths)
    }

    fn has(&mut self, path: &Path) -> Result<bool, LoadError> {
        match fs::symlink_metadata(self.at(path)) {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(source) => Err(LoadError::new(path, source)),
        }
    }

    fn read(&mut self, path: &Path) -> Result<Vec<u8>, LoadError> {
        let error = |source| LoadError::new(path, source);
        let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
        // Opening a pipe would wait for a writer that may never come.
        let file = self.at(path);
        if !fs::metadata(&file).map_err(error)?.is_file() {
            return Err(LoadError::not_a_file(path));
        }
        let mut bytes = Vec::new();
        File::open(file).map_err(error)?.take(limit).read_to_end(&mut bytes).map_err(error)?;
        Ok(bytes)
    }

    fn shown(&self, path: &Path) -> String {
        visible(&path.to_string_lossy())
    }
}
