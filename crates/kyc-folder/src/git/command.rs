//! The command `git`: called without a shell, a pager, a network, or what a caller's environment says of another
//! repository.

use std::env;
use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::git::RevisionError;

/// What stays of git's own variables: configuration, and where objects are while a push is being received.
const KEPT: [&str; 5] = [
    "GIT_CEILING_DIRECTORIES",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM",
    "GIT_EXEC_PATH",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
];

/// `git` in `folder`, ready for its arguments.
pub(super) fn git(folder: &Path) -> Command {
    let mut command = Command::new("git");
    // A hook runs with the variables of its repository, which need not be the one around the folder.
    for (variable, _) in env::vars_os() {
        if is_git(&variable) && !is_kept(&variable) {
            command.env_remove(variable);
        }
    }
    command
        .current_dir(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })
        .env("LC_ALL", "C")
        .env("GIT_NO_REPLACE_OBJECTS", "1")
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        .arg("--no-pager")
        .stdin(Stdio::null());
    command
}

/// Runs the command to its end.
pub(super) fn run(command: &mut Command) -> Result<Output, RevisionError> {
    command.output().map_err(RevisionError::no_git)
}

fn is_git(variable: &OsStr) -> bool {
    variable.to_string_lossy().starts_with("GIT_")
}

fn is_kept(variable: &OsStr) -> bool {
    let name = variable.to_string_lossy();
    KEPT.contains(&name.as_ref()) || name.starts_with("GIT_CONFIG")
}
