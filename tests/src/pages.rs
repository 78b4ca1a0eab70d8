//! Pages that are kept: what is written today must be what stands there.

use std::fs;
use std::path::Path;

use crate::is_updating;

/// Compares a page with the file that keeps it, or writes it under `UPDATE_CORPUS=1`.
///
/// # Errors
///
/// The page is another one than the file holds.
///
/// # Panics
///
/// The file cannot be written.
pub fn kept(path: &Path, page: &str) -> Result<(), String> {
    if fs::read_to_string(path).is_ok_and(|known| known == page) {
        return Ok(());
    }
    if is_updating() {
        fs::write(path, page).expect("the page can be written");
        return Ok(());
    }
    Err(format!("{} is not as it stands there; now it is\n{page}", path.display()))
}

/// A page of HTML without its style, which is that of all pages, and without the digest of it.
///
/// # Panics
///
/// The page has none.
pub fn without_style(html: &str) -> String {
    cut(&cut(html, "<style>", "</style>"), "sha256-", "&#39;")
}

/// The text without what stands between `from` and `to`.
///
/// # Panics
///
/// They do not stand in it.
pub fn cut(text: &str, from: &str, to: &str) -> String {
    let (before, rest) = text.split_once(from).expect("where it begins");
    let (_, after) = rest.split_once(to).expect("where it ends");
    format!("{before}{from}…{to}{after}")
}
