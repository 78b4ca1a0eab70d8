//! Whether a folder has changed, without reading its files.

use std::fs;
use std::io;
use std::path::Path;
use std::time::UNIX_EPOCH;

use sha2::{Digest as _, Sha256};

/// Names, sizes and times of the policy files of a folder, behind all links. Two that differ are of different files; files
/// that were written within the resolution of the file system's clock, to the same length, are told apart by nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Signature([u8; 32]);

impl Signature {
    pub(super) fn of(folder: &Path) -> io::Result<Self> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(folder)? {
            let name = entry?.file_name();
            let is_policy = Path::new(&name).extension().is_some_and(|extension| {
                extension.eq_ignore_ascii_case("yaml") || extension.eq_ignore_ascii_case("yml")
            });
            if is_policy {
                let file = fs::metadata(folder.join(&name)).ok();
                entries.push((name, file));
            }
        }
        entries.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        let mut hash = Sha256::new();
        for (name, file) in entries {
            hash.update(name.as_encoded_bytes());
            hash.update([0]);
            // A link to nowhere has no file.
            let Some(file) = file else { continue };
            let written = file.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
            hash.update(written.unwrap_or_default().as_nanos().to_be_bytes());
            hash.update(file.len().to_be_bytes());
            hash.update(identity(&file));
        }
        Ok(Self(hash.finalize().into()))
    }
}

/// Which file it is, for files that were swapped for others of the same age and length.
#[cfg(unix)]
fn identity(file: &fs::Metadata) -> [u8; 16] {
    use std::os::unix::fs::MetadataExt as _;

    let mut bytes = [0; 16];
    let (inode, changed) = bytes.split_at_mut(8);
    inode.copy_from_slice(&file.ino().to_be_bytes());
    changed.copy_from_slice(&file.ctime_nsec().to_be_bytes());
    bytes
}

#[cfg(not(unix))]
fn identity(_: &fs::Metadata) -> [u8; 16] {
    [0; 16]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_policy_files_count() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let now = || Signature::of(folder.path()).unwrap();
        fs::write(at("a.yaml"), "a").unwrap();
        let before = now();
        fs::write(at(".a.yaml.swp"), "a").unwrap();
        fs::write(at("README.md"), "a").unwrap();
        fs::create_dir(at("tests")).unwrap();
        assert_eq!(now(), before);
        fs::write(at("a.yaml"), "ab").unwrap();
        let longer = now();
        assert_ne!(longer, before);
        fs::write(at("b.yaml"), "").unwrap();
        let two = now();
        assert_ne!(two, longer);
        fs::remove_file(at("b.yaml")).unwrap();
        assert_eq!(now(), longer);
        assert!(Signature::of(&at("none")).is_err());
    }
}
