//! Revisions as people name them, and the commits that they are.

use std::path::Path;

use crate::git::RevisionError;
use crate::git::command::{git, run};
use crate::source::visible;

/// The longest name of a revision, in bytes.
const MAX_REVISION: usize = 250;

/// A commit, and how it was named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    revision: String,
    id: String,
}

impl Commit {
    /// The commit that `revision` names in the repository around `place`.
    pub(super) fn find(place: &Path, revision: &str) -> Result<Self, RevisionError> {
        if let Some(why) = malformed(revision) {
            return Err(RevisionError::Malformed { revision: visible(revision), why });
        }
        let mut command = git(place);
        command.args(["rev-parse", "--verify", "--quiet", "--end-of-options"]);
        let output = run(command.arg(format!("{revision}^{{commit}}")))?;
        let id = String::from_utf8_lossy(&output.stdout).trim_ascii().to_owned();
        if !output.status.success() || !is_object_id(&id) {
            return Err(RevisionError::no_commit(revision));
        }
        Ok(Self { revision: revision.to_owned(), id })
    }

    /// As it was named, such as `main`.
    pub fn revision(&self) -> &str {
        &self.revision
    }

    /// The commit's id in hexadecimal digits.
    pub fn id(&self) -> &str {
        &self.id
    }
}

/// What keeps a text from naming one commit. What looks like an option, a range, or a file in a commit is none.
fn malformed(revision: &str) -> Option<&'static str> {
    if revision.trim().is_empty() {
        return Some("it is empty");
    }
    if revision.len() > MAX_REVISION {
        return Some("it is longer than 250 bytes");
    }
    if revision.chars().any(kyc_core::is_invisible) {
        return Some("it has characters that cannot be seen");
    }
    if revision.starts_with('-') {
        return Some("it begins like an option");
    }
    if revision.starts_with('^') || revision.contains("..") {
        return Some("it names several commits");
    }
    if revision.contains(':') {
        return Some("it names something in a commit");
    }
    None
}

/// An id of SHA-1 or SHA-256.
pub(super) fn is_object_id(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
