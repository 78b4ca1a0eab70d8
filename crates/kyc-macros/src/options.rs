//! What the macros themselves take beside the policy: where files are, and where the crate `kyc` is.

use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use crate::read::{RawEntry, RawValue, string};
use crate::report::Mistakes;
use crate::spans::Place;

/// The options of one macro.
pub(crate) struct Options {
    /// The path of the crate `kyc`.
    pub(crate) krate: TokenStream,
    /// The folder whose set governs.
    pub(crate) set: Option<At<PathBuf>>,
    /// The file that holds the policy.
    pub(crate) file: Option<At<PathBuf>>,
}

/// A value with its place.
pub(crate) struct At<T> {
    pub(crate) value: T,
    pub(crate) place: Place,
}

impl Options {
    /// Takes the options out of `entries`.
    pub(crate) fn take(entries: &mut Vec<RawEntry>, mistakes: &mut Mistakes) -> Self {
        let (mut krate, mut set, mut file) = (None, None, None);
        let mut others = Vec::new();
        for entry in entries.drain(..) {
            let is_second = match &*entry.key {
                "crate" => krate.replace(krate_path(&entry, mistakes)).is_some(),
                "set" => set.replace(path(&entry, mistakes)).is_some(),
                "file" => file.replace(path(&entry, mistakes)).is_some(),
                _ => {
                    others.push(entry);
                    continue;
                }
            };
            if is_second {
                mistakes.add(entry.place, &format!("`{}` stands here for the second time", entry.key));
            }
        }
        *entries = others;
        if set.as_ref().is_some_and(Option::is_none) || file.as_ref().is_some_and(Option::is_none) {
            mistakes.set_unreadable();
        }
        Self {
            krate: krate.flatten().unwrap_or_else(|| quote!(::kyc)),
            set: set.flatten(),
            file: file.flatten(),
        }
    }
}

fn krate_path(entry: &RawEntry, mistakes: &mut Mistakes) -> Option<TokenStream> {
    let place = match &entry.value {
        RawValue::Tokens(tokens) => match syn::parse2::<syn::Path>(tokens.iter().cloned().collect()) {
            Ok(path) => return Some(quote!(#path)),
            Err(_) => Place::of_all(tokens, entry.place),
        },
        RawValue::Section(group) => Place::of(group.span()),
        RawValue::Refused => return None,
    };
    mistakes.add(place, "`crate` takes the path of the crate `kyc`: `crate = ::kyc`");
    None
}

/// A path in quotes, relative to the package.
fn path(entry: &RawEntry, mistakes: &mut Mistakes) -> Option<At<PathBuf>> {
    let place = match &entry.value {
        RawValue::Tokens(tokens) => {
            let place = Place::of_all(tokens, entry.place);
            match tokens.as_slice() {
                [TokenTree::Literal(literal)] => match string(literal) {
                    Some(text) => return relative(&text, place, mistakes),
                    None => place,
                },
                _ => place,
            }
        }
        RawValue::Section(group) => Place::of(group.span()),
        RawValue::Refused => return None,
    };
    mistakes.add(place, &format!("`{}` takes a path in quotes, such as `\"policies\"`", entry.key));
    None
}

/// A path within the package: anything else would differ from machine to machine.
pub(crate) fn relative(text: &str, place: Place, mistakes: &mut Mistakes) -> Option<At<PathBuf>> {
    let path = Path::new(text);
    if text.is_empty() || path.is_absolute() {
        mistakes.add(place, "a path is relative to the folder of `Cargo.toml`");
        return None;
    }
    Some(At { value: path.to_owned(), place })
}
