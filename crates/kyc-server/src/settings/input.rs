//! Where settings come from. The caller brings texts: nothing here looks at files or at the environment.

use std::fmt;
use std::path::PathBuf;

/// Everything that somebody has written about settings.
#[derive(Clone, Default)]
pub struct Input {
    /// The settings file, if there is one.
    pub file: Option<SettingsFile>,
    /// Variables of the environment whose names begin with `KYC_`.
    pub variables: Vec<(String, String)>,
    /// Flags: the dotted key and its value, in written order. Of several for one key the last counts.
    pub flags: Vec<(String, String)>,
    /// Whether the service brings a stand-in of the vendor, with an account and a master key of its own.
    pub is_sandbox: bool,
}

/// A settings file as it was read.
#[derive(Clone)]
pub struct SettingsFile {
    /// Its path, as diagnostics show it; relative paths in it begin in its folder.
    pub path: PathBuf,
    /// What it holds.
    pub bytes: Vec<u8>,
}

// Variables and files may hold what should not be in a log.
impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.file.as_ref().map(|file| &file.path);
        f.debug_struct("Input").field("file", &path).finish_non_exhaustive()
    }
}

impl fmt::Debug for SettingsFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SettingsFile").field("path", &self.path).finish_non_exhaustive()
    }
}
