//! Programs that tests and measurements need: found, or on Debian installed.

use std::env;
use std::process::{Command, Stdio};

/// Sees that there is what `is_there` looks for. `purpose` tells what it is and what it is for.
pub(crate) fn provide(purpose: &str, packages: &[&str], is_there: impl Fn() -> bool) -> Result<(), String> {
    if is_there() {
        return Ok(());
    }
    if !is_program("apt-get") {
        return Err(format!("{purpose}: it is not installed, and there is no apt-get to install it"));
    }
    crate::say(&format!("==> installing {}: {purpose}\n", packages.join(", ")));
    apt(&["update"], packages)?;
    apt(&[&["install", "--yes", "--no-install-recommends"], packages].concat(), packages)?;
    if is_there() { Ok(()) } else { Err(format!("{purpose}: apt-get has not installed it")) }
}

/// Whether a program is on the PATH, or where only root has it there.
pub(crate) fn is_program(name: &str) -> bool {
    let folders = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&folders).chain(["/usr/sbin".into()]).any(|folder| folder.join(name).is_file())
}

/// Runs apt-get as root, without asking anybody anything.
fn apt(arguments: &[&str], packages: &[&str]) -> Result<(), String> {
    let by_hand = || format!("as root, run: apt-get install {}", packages.join(" "));
    let mut command = if is_root() { Command::new("apt-get") } else { Command::new("sudo") };
    if !is_root() {
        command.args(["--non-interactive", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    }
    let status = command
        .args(["--quiet"])
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null())
        .status()
        .map_err(|error| format!("{error}; {}", by_hand()))?;
    if status.success() { Ok(()) } else { Err(format!("{status}; {}", by_hand())) }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("--user").output();
    id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
