//! The test files of a folder of policies, as they are on disk: what they say is read elsewhere.

use std::path::{Path, PathBuf};

use crate::disk::Disk;
use crate::names::is_policy;
use crate::source::{LoadError, Source};

/// The folder beside policies that holds their tests.
pub const TESTS_FOLDER: &str = "tests";

/// One test file.
#[derive(Debug)]
pub struct TestFile {
    /// The path as diagnostics show it.
    pub name: String,
    /// The path.
    pub path: PathBuf,
    /// What it holds; of a file that is too large only so much that the reader notices.
    pub bytes: Vec<u8>,
}

/// The `*.yaml` files directly in the folder of tests of `folder`, sorted by name; none if there is no such folder.
///
/// # Errors
///
/// The folder of tests or a file in it cannot be read.
pub fn read_tests(folder: &Path) -> Result<Vec<TestFile>, LoadError> {
    let mut disk = Disk { root: Path::new("") };
    let tests = folder.join(TESTS_FOLDER);
    if !disk.has(&tests)? {
        return Ok(Vec::new());
    }
    let paths = disk.list(&tests)?.into_iter().filter(|path| is_policy(path));
    paths.map(|path| Ok(TestFile { name: disk.shown(&path), bytes: disk.read(&path)?, path })).collect()
}
