//! The browser that pages are tested in: found, or on Debian installed.

use std::env;
use std::process::{Command, Stdio};

/// What it is called, by system; the tests look for the same names.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/// The packages that bring it, with letters for it to draw.
const PACKAGES: [&str; 2] = ["chromium", "fonts-liberation"];

/// Sees that there is a browser.
pub(crate) fn run() -> Result<(), String> {
    if NAMES.into_iter().any(is_there) {
        return Ok(());
    }
    if !is_there("apt-get") {
        return Err(
            "pages are tested in Chromium, and it is not installed: install it, so that `chromium` or \
             `google-chrome` is on the PATH"
                .to_owned(),
        );
    }
    crate::say("==> installing Chromium, in which pages are tested\n");
    apt(&["update"])?;
    apt(&[&["install", "--yes", "--no-install-recommends"], PACKAGES.as_slice()].concat())?;
    if is_there("chromium") { Ok(()) } else { Err("apt-get installed no `chromium`".to_owned()) }
}

/// Runs apt-get as root, without asking anybody anything.
fn apt(arguments: &[&str]) -> Result<(), String> {
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
        .map_err(|error| format!("{error}; as root, run: {}", by_hand()))?;
    if status.success() { Ok(()) } else { Err(format!("{status}; as root, run: {}", by_hand())) }
}

fn by_hand() -> String {
    format!("apt-get install {}", PACKAGES.join(" "))
}

fn is_there(name: &str) -> bool {
    let folders = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&folders).any(|folder| folder.join(name).is_file())
}

fn is_root() -> bool {
    let id = Command::new("id").arg("--user").output();
    id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
