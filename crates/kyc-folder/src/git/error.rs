//! Why a folder cannot be read at a revision.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Output;

use thiserror::Error;

use crate::source::{LoadError, visible};

/// A folder that cannot be read at a revision.
#[derive(Debug, Error)]
pub enum RevisionError {
    /// The revision is not written as one.
    #[error("`{revision}` is not a revision: {why}")]
    #[expect(missing_docs, reason = "the message says what they are")]
    Malformed { revision: String, why: &'static str },
    /// The command `git` cannot be run.
    #[error("cannot run `git`")]
    NoGit(#[source] io::Error),
    /// No repository is around the folder, or git does not trust it.
    #[error("the folder `{}` is in no git repository that can be read: {said}", folder.display())]
    #[expect(missing_docs, reason = "the message says what they are")]
    NoRepository { folder: PathBuf, said: String },
    /// The repository has no such commit, or knows several.
    #[error("the repository has no commit `{revision}`")]
    #[expect(missing_docs, reason = "the message says what they are")]
    NoCommit { revision: String },
    /// The commit holds no such folder.
    #[error("there is no folder `{}` at revision `{revision}`", folder.display())]
    #[expect(missing_docs, reason = "the message says what they are")]
    NoFolder { folder: PathBuf, revision: String },
    /// The folder is there, and something in it cannot be read.
    #[error(transparent)]
    Load(#[from] LoadError),
}

impl RevisionError {
    /// What to do about it.
    pub const fn help(&self) -> &'static str {
        match self {
            Self::Malformed { .. } => "name a commit, a branch or a tag, such as `main`, `v1.2` or `HEAD~1`",
            Self::NoGit(_) => "install git, and see that it is on the PATH",
            Self::NoRepository { .. } => {
                "a revision can be named where the folder is part of a git repository"
            }
            Self::NoCommit { .. } => {
                "`git branch --all` lists the branches; a shallow clone lacks history: `git fetch --unshallow`"
            }
            Self::NoFolder { .. } => "see what the revision holds with `git ls-tree --name-only REVISION`",
            Self::Load(_) => "policies are regular files directly in their folder, in a revision as on disk",
        }
    }

    pub(super) fn no_git(error: io::Error) -> Self {
        Self::NoGit(error)
    }

    pub(super) fn no_repository(folder: &Path, output: &Output) -> Self {
        Self::NoRepository { folder: folder.to_owned(), said: said(output) }
    }

    pub(super) fn no_commit(revision: &str) -> Self {
        Self::NoCommit { revision: visible(revision) }
    }

    pub(super) fn no_folder(folder: &Path, revision: &str) -> Self {
        Self::NoFolder { folder: folder.to_owned(), revision: visible(revision) }
    }
}

/// The first line of what git says of its failure.
fn said(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let line = text.lines().next().unwrap_or_default();
    let line = visible(line.trim_start_matches("fatal: "));
    if line.is_empty() { "git does not say why".to_owned() } else { line }
}
