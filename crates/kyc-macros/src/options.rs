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
        let mut options = Self { krate: quote!(::kyc), set: None, file: None };
        let (own, others) =
            entries.drain(..).partition(|entry| matches!(&*entry.key, "crate" | "set" | "file"));
        *entries = others;
        let own: Vec<RawEntry> = own;
        for entry in own {
            match (&*entry.key, &entry.value) {
                ("crate", RawValue::Tokens(tokens)) => {
                    match syn::parse2::<syn::Path>(tokens.iter().cloned().collect()) {
                        Ok(path) => options.krate = quote!(#path),
                        Err(_) => mistakes
                            .add(Place::of_all(tokens, entry.place), "expected the path of the crate `kyc`"),
                    }
                }
                (key, value) => {
                    let path = path(key, value, entry.place, mistakes);
                    let slot = if key == "set" { &mut options.set } else { &mut options.file };
                    if slot.is_some() {
                        mistakes.add(entry.place, &format!("`{key}` stands here for the second time"));
                    }
                    *slot = path;
                }
            }
        }
        options
    }
}

/// A path in quotes, relative to the package.
fn path(key: &str, value: &RawValue, at: Place, mistakes: &mut Mistakes) -> Option<At<PathBuf>> {
    let (text, place) = match value {
        RawValue::Tokens(tokens) => match tokens.as_slice() {
            [TokenTree::Literal(literal)] => (string(literal), Place::of(literal.span())),
            tokens => (None, Place::of_all(tokens, at)),
        },
        RawValue::Section(group) => (None, Place::of(group.span())),
    };
    let Some(text) = text else {
        mistakes.add(place, &format!("`{key}` takes a path in quotes, such as `\"policies\"`"));
        return None;
    };
    relative(&text, place, mistakes)
}

/// A path within the package: anything else would differ from machine to machine.
pub(crate) fn relative(text: &str, place: Place, mistakes: &mut Mistakes) -> Option<At<PathBuf>> {
    let path = Path::new(text);
    if text.is_empty() || path.is_absolute() {
        mistakes.add(place, "a path is relative to the package (the folder of its `Cargo.toml`)");
        return None;
    }
    Some(At { value: path.to_owned(), place })
}
