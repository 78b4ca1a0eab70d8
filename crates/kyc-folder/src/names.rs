//! Which files of a folder are policies, by their names.

use std::path::Path;

use crate::SET_FILE;

/// Whether the name ends as those of YAML files do, in any spelling.
pub(crate) fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("yml") || e.eq_ignore_ascii_case("yaml"))
}

pub(crate) fn is_policy(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yaml") && !begins_with(path, &['_', '.'])
}

/// A file that its author may take for a policy although it is not read.
pub(crate) fn looks_like_policy(path: &Path) -> bool {
    let is_set = path.file_name().is_some_and(|name| name == SET_FILE);
    is_yaml(path) && !is_policy(path) && !is_set && !begins_with(path, &['.'])
}

/// The file's name without `.yaml`.
pub(crate) fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn begins_with(path: &Path, marks: &[char]) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(marks))
}
