//! Policies from the command line: folders and files.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};
use kyc::{Folder, SET_FILE};
use kyc_review::Revision;
use zeroize::Zeroizing;

use crate::error::{CommandError, with_causes};

/// The option that names the folder of policies.
#[derive(Args, Clone, Debug)]
pub(crate) struct PoliciesArg {
    /// The folder of policies
    #[arg(
        long,
        value_name = "DIR",
        env = "KYC_POLICIES",
        hide_env_values = true,
        default_value = "policies",
        value_hint = ValueHint::DirPath
    )]
    pub(crate) policies: PathBuf,
}

/// Reads a folder that must hold at least one policy.
pub(crate) fn read_folder(path: &Path) -> Result<Folder, CommandError> {
    let folder = Folder::read(path).map_err(|error| {
        CommandError::usage(with_causes(&error))
            .hint("name the folder of policies; `kyc new NAME` writes a first policy")
    })?;
    filled(folder, path)
}

/// Reads a folder as it was at a revision, if one is named; it must have held at least one policy.
pub(crate) fn read_folder_at(path: &Path, revision: Option<&str>) -> Result<Folder, CommandError> {
    let Some(revision) = revision else { return read_folder(path) };
    let folder = Folder::read_at(path, revision)
        .map_err(|error| CommandError::usage(with_causes(&error)).hint(error.help()))?;
    filled(folder, path)
}

/// The revision that a folder was read at, for pages about it.
pub(crate) fn revision(folder: &Folder) -> Option<Revision> {
    let commit = folder.commit()?;
    Some(Revision { name: commit.revision().to_owned(), commit: commit.id().to_owned() })
}

fn filled(folder: Folder, path: &Path) -> Result<Folder, CommandError> {
    if folder.files().is_empty() {
        return Err(CommandError::usage(format!("the folder `{}` holds no policy", path.display())).hint(
            "policies end in `.yaml` and stand directly in the folder; `kyc new NAME` writes the first",
        ));
    }
    Ok(folder)
}

/// Reads a folder, or one file under the `_set.yaml` beside it.
pub(crate) fn read_path(path: &Path) -> Result<Folder, CommandError> {
    if path.is_dir() {
        return read_folder(path);
    }
    if path.is_file() && path.extension().is_none_or(|extension| extension != "yaml") {
        return Err(CommandError::usage(format!(
            "`{}` is no policy: its name does not end in `.yaml`",
            path.display()
        ))
        .hint("rename the file, or name the folder to check all its policies"));
    }
    Folder::read_file(path).map_err(|error| {
        CommandError::usage(with_causes(&error))
            .hint("name a folder of policies or one policy's file; `kyc new NAME` writes a first policy")
    })
}

/// Whether this is the file that the policies of a folder share.
pub(crate) fn is_set(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == SET_FILE)
}

/// At most `limit` bytes, and one more if there are more. The buffer is zeroed when dropped.
pub(crate) fn read_bounded(reader: impl Read, limit: usize) -> io::Result<Zeroizing<Vec<u8>>> {
    // Growing a buffer would leave copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(limit + 64));
    let limit = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    reader.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The beginning of a file; see [`read_bounded`].
pub(crate) fn read_file_bounded(path: &Path, limit: usize) -> Result<Zeroizing<Vec<u8>>, CommandError> {
    File::open(path)
        .and_then(|file| read_bounded(file, limit))
        .map_err(|error| CommandError::usage(format!("cannot read `{}`: {error}", path.display())))
}

/// `1 mistake`, `2 mistakes`.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}
