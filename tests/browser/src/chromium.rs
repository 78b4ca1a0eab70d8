//! Finding and running the browser.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// What the browser is called, by system.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/// A running browser, with a profile of its own; it ends with this value.
#[derive(Debug)]
pub(crate) struct Chromium {
    child: Child,
    /// Where it takes commands.
    pub(crate) address: String,
    _profile: TempDir,
}

impl Chromium {
    pub(crate) fn start() -> Self {
        let profile = TempDir::new().expect("a temporary folder");
        let mut command = Command::new(find());
        command
            .args([
                "--headless=new",
                "--remote-debugging-port=0",
                "--no-first-run",
                "--no-default-browser-check",
            ])
            // Nothing but the page is asked for, and small machines have little shared memory.
            .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
            .args(["--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        if is_root() {
            // The sandbox cannot be set up by root, as which containers run.
            command.arg("--no-sandbox");
        }
        let mut child = command.arg("about:blank").spawn().expect("the browser starts");
        let address = listening(&mut child);
        Self { child, address, _profile: profile }
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn find() -> PathBuf {
    let folders = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = env::split_paths(&folders).collect();
    let all = NAMES.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    let found = all.into_iter().find(|path| path.is_file());
    found.unwrap_or_else(|| {
        panic!("these tests need Chromium: `cargo xtask browser` installs it on Debian; else install it as `chromium`")
    })
}

#[cfg(not(unix))]
const fn is_root() -> bool {
    false
}

#[cfg(unix)]
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|of| of.uid() == 0)
}

/// The address that the browser tells on standard error. The rest of what it tells there is read away.
fn listening(child: &mut Child) -> String {
    let stderr = child.stderr.take().expect("standard error is piped");
    let mut lines = BufReader::new(stderr).lines().map_while(Result::ok);
    let mut told = String::new();
    for line in lines.by_ref() {
        if let Some((_, address)) = line.split_once("DevTools listening on ") {
            let address = address.trim().to_owned();
            std::thread::spawn(move || lines.for_each(drop));
            return address;
        }
        told.push_str(&line);
        told.push('\n');
    }
    panic!("the browser ended before it took commands:\n{told}")
}
