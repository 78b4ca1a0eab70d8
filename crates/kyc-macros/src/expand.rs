//! What each macro becomes.

mod derive;
mod file;
mod folder;
mod nameless;
#[cfg(test)]
mod tests;

use std::env;
use std::path::{Path, PathBuf};

use kyc_core::is_invisible;
use kyc_folder::{Folder, LoadError};
use kyc_policy::tree::{Kind, Node};
use kyc_policy::{Checked, Diagnostic, Member, Notation, Policy, check_together};
use proc_macro2::TokenStream;
use quote::quote;

pub(crate) use derive::derive;
pub(crate) use folder::policies;
pub(crate) use nameless::policy;

use crate::field::StructField;
use crate::options::{At, Options};
use crate::read::{RawEntry, Reader};
use crate::report::Mistakes;
use crate::spans::{Place, Spans};

/// The folder of the package's `Cargo.toml`. It is never told to anybody.
fn package() -> PathBuf {
    env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default()
}

/// A checked policy with the files it depends on.
struct Declared {
    policy: Policy,
    files: Vec<PathBuf>,
}

/// The policy that `entries` state.
fn declared(
    entries: Vec<RawEntry>,
    fields: &[StructField],
    options: &Options,
    declaration: Place,
    notation: Notation,
    mistakes: &mut Mistakes,
) -> Option<Declared> {
    let mut folder = match &options.set {
        Some(set) => {
            read(set, |path| Folder::read_file_in(&package(), &path.join(kyc_folder::SET_FILE)), mistakes)?
        }
        None => Folder::default(),
    };
    let mut spans = Spans::new(folder.sources_mut());
    let mut reader = Reader { sources: folder.sources_mut(), spans: &mut spans, mistakes };
    let mut tree = reader.section(entries, declaration);
    if let Some(client) = derive::client_section(fields, |place, kind| reader.node(place, kind), declaration)
        && let Kind::Map(entries) = &mut tree.kind
    {
        entries.push(client);
    }
    let at_set = options.set.as_ref().map_or(declaration, |set| set.place);
    mistakes.add_all(folder.diagnostics(), folder.sources(), &spans, at_set);
    if mistakes.is_unreadable() {
        return None;
    }
    let at_extends = extends_place(&tree, &spans).unwrap_or(declaration);
    let checked = folder.check_tree(&package(), &tree, notation);
    let (checked, of_parents) = checked.map_err(|error| cannot_read(&error, at_extends, mistakes)).ok()?;
    mistakes.add_all(&of_parents, folder.sources(), &spans, at_extends);
    mistakes.add_all(&checked.diagnostics, folder.sources(), &spans, at_extends);
    mistakes.add_all(&looked_over(&folder, &checked), folder.sources(), &spans, at_set);
    let policy = checked.value.filter(|_| mistakes.is_empty())?;
    if notation == Notation::Struct && policy.governance().special.extends.is_some() {
        // What is inherited may demand more of the caller than the fields say.
        file::agree(&policy, fields, at_extends, mistakes);
    }
    Some(Declared { policy, files: folder.paths().map(Path::to_owned).collect() })
}

/// What the lints over all policies of a folder find in this one, as far as the set denies it.
fn looked_over(folder: &Folder, checked: &Checked<Policy>) -> Vec<Diagnostic> {
    let policy = checked.value.as_ref();
    let name = policy.map_or("", Policy::name);
    let member = Member { name, policy, places: &checked.places, groups: &checked.groups };
    check_together(folder.set(), &[member]).diagnostics
}

/// Where the policy that is extended is named.
fn extends_place(tree: &Node<'_>, spans: &Spans) -> Option<Place> {
    let Kind::Map(entries) = &tree.kind else { return None };
    spans.get(entries.iter().find(|entry| entry.key == "extends")?.value.loc)
}

/// Reads what an option names, or says at the option why it cannot be read.
fn read(
    at: &At<PathBuf>,
    read: impl FnOnce(&Path) -> Result<Folder, LoadError>,
    mistakes: &mut Mistakes,
) -> Option<Folder> {
    read(&at.value).map_err(|error| cannot_read(&error, at.place, mistakes)).ok()
}

fn cannot_read(error: &LoadError, place: Place, mistakes: &mut Mistakes) {
    let reason = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    let help = "a path is relative to the folder of `Cargo.toml`";
    mistakes.add(place, &format!("{error}: {reason}\nhelp: {help}"));
}

/// Makes the compiler look at the files again when they change. The paths are relative: where the package is, only the
/// compiler knows.
fn tracked(files: &[PathBuf]) -> TokenStream {
    let paths = files.iter().map(|path| format!("/{}", path.to_string_lossy()));
    quote! {
        #(const _: &[::core::primitive::u8] = ::core::include_bytes!(::core::concat!(
            ::core::env!("CARGO_MANIFEST_DIR"),
            #paths
        ));)*
    }
}

/// Text of a policy as a doc comment can hold it.
fn doc(text: &str) -> String {
    text.chars().filter(|c| !is_invisible(*c)).collect()
}
