//! The two sides of a comparison, from what was written on the command line.

use std::collections::BTreeMap;
use std::path::Path;

use kyc::Folder;
use kyc_review::Side;

use crate::error::{CommandError, with_causes};
use crate::files::{is_set, read_path};

/// One side, read and checked.
pub(super) struct Read {
    pub(super) folder: Folder,
    /// Whether one file was named.
    pub(super) is_file: bool,
}

impl Read {
    pub(super) fn has(&self, name: &str) -> bool {
        self.folder.file(name).is_some()
    }

    pub(super) fn side(&self, wanted: impl Fn(&str) -> bool) -> Side<'_> {
        let files = self.folder.files().iter().filter(|file| wanted(&file.name));
        let policies: BTreeMap<_, _> = files.map(|file| (file.name.as_str(), file.policy.as_ref())).collect();
        Side { set: self.folder.set(), policies }
    }
}

/// Reads both sides; `policies` is the folder that revisions hold, and the newer side if none is named.
pub(super) fn read(old: &str, new: Option<&str>, policies: &Path) -> Result<(Read, Read), CommandError> {
    let Some((from, to)) = old.split_once("..") else {
        let new = match new {
            Some(new) => one(new, policies)?,
            None => on_disk(policies)?,
        };
        return Ok((one(old, policies)?, new));
    };
    if to.starts_with('.') {
        return Err(CommandError::usage(format!("`{old}` has three dots"))
            .hint("compare with the common ancestor: `kyc diff $(git merge-base A B)..B`"));
    }
    if to.is_empty() && !from.is_empty() && !from.ends_with('/') {
        return Err(CommandError::usage(format!("`{old}` names one side only")).hint(format!(
            "`{from}..HEAD` compares two revisions, `{from}` the files on disk with a revision"
        )));
    }
    // A path such as `../old` holds dots too, and is no pair of revisions.
    if from.is_empty() || to.is_empty() || to.contains("..") || from.ends_with('/') || to.starts_with('/') {
        return Ok((one(old, policies)?, new.map_or_else(|| on_disk(policies), |new| one(new, policies))?));
    }
    if new.is_some() {
        return Err(CommandError::usage(format!("`{old}` already names both sides"))
            .hint("write `kyc diff OLD..NEW`, or `kyc diff OLD NEW`"));
    }
    Ok((at_revision(from, policies)?, at_revision(to, policies)?))
}

/// A path if there is one, else a revision. What could be either is refused: in a checkout that somebody else has
/// prepared, a folder with the name of a branch would be compared in its place.
fn one(word: &str, policies: &Path) -> Result<Read, CommandError> {
    let path = Path::new(word);
    if !path.exists() {
        let is_path =
            path.extension().is_some_and(|extension| extension == "yaml") || word.starts_with(['.', '/']);
        return if is_path { on_disk(path) } else { at_revision(word, policies) };
    }
    let is_plain = !word.starts_with(['.', '/']);
    if is_plain && path.is_dir() && path != policies && Folder::read_at(policies, word).is_ok() {
        return Err(CommandError::usage(format!("`{word}` is a folder and a revision of git"))
            .hint(format!("write `./{word}` for the folder, or `refs/heads/{word}` for the branch")));
    }
    on_disk(path)
}

fn on_disk(path: &Path) -> Result<Read, CommandError> {
    if is_set(path) {
        return Err(CommandError::usage(format!(
            "`{}` is no policy, but what policies share",
            path.display()
        ))
        .hint("name the folder: what it shares is compared with the policies"));
    }
    Ok(Read { folder: read_path(path)?, is_file: !path.is_dir() })
}

fn at_revision(revision: &str, policies: &Path) -> Result<Read, CommandError> {
    let folder = Folder::read_at(policies, revision)
        .map_err(|error| CommandError::usage(with_causes(&error)).hint(error.help()))?;
    Ok(Read { folder, is_file: false })
}
