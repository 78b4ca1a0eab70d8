//! Where a policy states what is demanded.

use kyc::Folder;
use kyc::policy::{Places, SourceMap};

/// Where the policy of this name demands what `key` says, in words.
pub(crate) fn demanded(key: Option<&str>, policy: &str, folder: &Folder) -> String {
    let Some(key) = key else { return "under every policy".to_owned() };
    match place(key, policy, folder) {
        Some((file, line, column)) => format!("{file}:{line}:{column} `{key}`"),
        None => format!("`{key}`, which is not stated and has its default"),
    }
}

/// File, line and column of the key, or of the nearest one around it that is stated.
pub(crate) fn place(key: &str, policy: &str, folder: &Folder) -> Option<(String, usize, usize)> {
    let file = folder.file(policy)?;
    let stated = nearest(key, &file.places)?;
    locate(folder.sources(), &file.places, stated)
}

fn nearest<'k>(key: &'k str, places: &Places) -> Option<&'k str> {
    if places.is_stated(key) { Some(key) } else { nearest(key.rsplit_once('.')?.0, places) }
}

fn locate(sources: &SourceMap, places: &Places, key: &str) -> Option<(String, usize, usize)> {
    let (file, bytes) = sources.span(places.value(key)?)?;
    let position = sources.position(file, &bytes);
    Some((sources.name(file).to_owned(), position.line, position.column))
}
