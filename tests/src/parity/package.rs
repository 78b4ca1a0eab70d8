//! A package that tests write, and cargo builds with the compiler and the lock file of the workspace.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A package of its own. All packages of one folder share what cargo has built.
#[derive(Debug)]
pub struct Package {
    root: PathBuf,
    target: PathBuf,
}

impl Package {
    /// Lays the package `name` out in `folder`, which is under the target folder of the workspace.
    ///
    /// # Panics
    ///
    /// The folder cannot be written.
    pub fn new(folder: &Path, name: &str) -> Self {
        let folder = folder.join("parity");
        let package = Self { root: folder.join(name), target: folder.join("target") };
        let tests = env!("CARGO_MANIFEST_DIR");
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
             [dependencies]\nkyc = {{ path = {:?} }}\nserde_json = \"1\"\n\n\
             [workspace]\n\n[profile.dev]\ndebug = 0\nincremental = false\n",
            format!("{tests}/../crates/kyc")
        );
        package.write("Cargo.toml", manifest.as_bytes());
        let lock = fs::read(Path::new(tests).join("../Cargo.lock")).expect("the lock file of the workspace");
        package.write("Cargo.lock", &lock);
        package
    }

    /// The package's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Writes a file, unless it has this content: what is not touched is not built again.
    ///
    /// # Panics
    ///
    /// It cannot be written.
    pub fn write(&self, path: impl AsRef<Path>, content: &[u8]) {
        let path = self.root.join(path);
        if fs::read(&path).is_ok_and(|known| known == content) {
            return;
        }
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder that can be made");
        fs::write(&path, content).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    /// Makes `files`, whose paths are relative to `folder`, all that lies there.
    ///
    /// # Panics
    ///
    /// A file cannot be written or deleted.
    pub fn lay_out(&self, folder: &str, files: &BTreeMap<PathBuf, Vec<u8>>) {
        for path in self.files(folder) {
            let known = path.strip_prefix(self.root.join(folder)).expect("a path in the folder");
            if !files.contains_key(known) {
                fs::remove_file(&path).expect("a file that can be deleted");
            }
        }
        for (path, content) in files {
            self.write(Path::new(folder).join(path), content);
        }
    }

    /// Deletes a file, if there is one.
    ///
    /// # Panics
    ///
    /// It cannot be deleted.
    pub fn remove(&self, path: &str) {
        let path = self.root.join(path);
        if path.exists() {
            fs::remove_file(path).expect("a file that can be deleted");
        }
    }

    /// Every file under `folder`.
    fn files(&self, folder: &str) -> Vec<PathBuf> {
        let mut folders = vec![self.root.join(folder)];
        let mut files = Vec::new();
        while let Some(folder) = folders.pop() {
            let Ok(entries) = fs::read_dir(folder) else { continue };
            for path in entries.map(|entry| entry.expect("an entry").path()) {
                if path.is_dir() { folders.push(path) } else { files.push(path) }
            }
        }
        files
    }

    /// The program of the package, once it is built.
    pub fn program(&self) -> PathBuf {
        let name = self.root.file_name().unwrap_or_default();
        self.target.join("debug").join(name).with_extension(std::env::consts::EXE_EXTENSION)
    }

    /// Runs cargo in the package.
    ///
    /// # Panics
    ///
    /// Cargo does not start.
    pub fn cargo(&self, command: &str, arguments: &[&str]) -> Output {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        Command::new(cargo)
            .args([command, "--quiet", "--offline", "--target-dir"])
            .arg(&self.target)
            .args(arguments)
            .current_dir(&self.root)
            .output()
            .expect("cargo starts")
    }
}
