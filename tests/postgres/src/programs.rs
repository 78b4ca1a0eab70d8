//! Where PostgreSQL's programs are, and as whom its server runs.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where Debian keeps those that are not on the PATH, in a folder for each version.
const VERSIONS: &str = "/usr/lib/postgresql";

/// Whom Debian's package makes for the server, which refuses to run as root.
const SERVER: &str = "postgres";

/// A program of the newest version that is installed.
pub(crate) fn program(name: &str) -> OsString {
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir(VERSIONS)
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .filter_map(|entry| {
            Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin").join(name)))
        })
        .filter(|(_, path)| path.exists())
        .collect();
    versions.sort();
    versions.pop().map_or_else(|| name.into(), |(_, path)| path.into_os_string())
}

/// A program that must not run as root.
pub(crate) fn server_program(name: &str) -> Command {
    if !is_root() {
        return Command::new(program(name));
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid", SERVER, "--regid", SERVER, "--init-groups"]).arg(program(name));
    // Where this runs need not be a place that others may be in.
    command.current_dir("/");
    command
}

/// Gives a folder to whom the server runs as.
pub(crate) fn given_to_the_server(folder: &Path) {
    if is_root() {
        let given = Command::new("chown").arg(format!("{SERVER}:")).arg(folder).status().unwrap();
        assert!(given.success(), "there is no user `{SERVER}`: PostgreSQL is not installed");
    }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("--user").output();
    id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
