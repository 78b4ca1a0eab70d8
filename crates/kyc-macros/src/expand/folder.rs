//! `policies!`: a module with one struct for each policy of a folder.

mod input;
mod structure;

use std::path::{Path, PathBuf};

use kyc_folder::{Folder, PolicyFile};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use self::input::Input;
use super::{package, read, tracked};
use crate::options::{At, relative};
use crate::report::Mistakes;
use crate::spans::{Place, Spans};

pub(crate) fn policies(input: TokenStream) -> TokenStream {
    let input: Input = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut mistakes = Mistakes::default();
    let place = Place::of(input.folder.span());
    let folder = relative(&input.folder.value(), place, &mut mistakes);
    let read = folder.and_then(|folder| {
        let read = read(&folder, |path| Folder::read_in(&package(), path), &mut mistakes)?;
        Some((folder, read))
    });
    let module = module(&input, read.is_some(), &mut mistakes);
    let content = match read {
        Some((folder, read)) => content(&folder, read, &input.krate, mistakes),
        None => broken(&[], &input.krate, &mistakes),
    };
    let visibility = &input.visibility;
    quote! {
        /// The policies of a folder, each as a struct that holds the data of one client.
        #visibility mod #module {
            #content
        }
    }
}

/// The module's name: stated, or the folder's if there is one.
fn module(input: &Input, is_folder: bool, mistakes: &mut Mistakes) -> Ident {
    if let Some(module) = &input.module {
        return module.clone();
    }
    let path = input.folder.value();
    let name = Path::new(&path).file_name().unwrap_or_default().to_string_lossy().replace('-', "_");
    syn::parse_str::<Ident>(&name).unwrap_or_else(|_| {
        if is_folder {
            let message = "the folder's name is no name of a module: write `pub mod name = \"folder\"`";
            mistakes.add(Place::of(input.folder.span()), message);
        }
        Ident::new("policies", Span::call_site())
    })
}

/// What stands in the module.
fn content(
    folder: &At<PathBuf>,
    mut read: Folder,
    krate: &TokenStream,
    mut mistakes: Mistakes,
) -> TokenStream {
    let spans = Spans::new(read.sources_mut());
    mistakes.add_all(read.diagnostics(), read.sources(), &spans, folder.place);
    if read.files().is_empty() && mistakes.is_empty() {
        mistakes.add(
            folder.place,
            &format!("`{}` holds no policy: no file `<name>.yaml`", folder.value.display()),
        );
    }
    let types = types(read.files(), folder.place, &mut mistakes);
    let policies: Option<Vec<_>> = read.files().iter().map(|file| file.policy.as_ref()).collect();
    if mistakes.proven(policies, folder.place).is_none() {
        return broken(&types, krate, &mistakes);
    }
    let tracked = tracked(&read.paths().map(Path::to_owned).collect::<Vec<_>>());
    let structs = types.iter().map(|(ident, file)| structure::structure(ident, file, krate));
    let idents = types.iter().map(|(ident, _)| ident);
    let path = format!("/{}", folder.value.to_string_lossy());
    quote! {
        #tracked

        /// Every policy of the folder, sorted by name.
        pub const ALL: &[&#krate::Policy] = &[#(<#idents as #krate::TypedPolicy>::POLICY),*];

        #(#structs)*

        #[cfg(test)]
        #[::core::prelude::v1::test]
        fn every_file_of_the_folder_is_compiled_in() {
            #krate::__private::assert_compiled_in(
                ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), #path),
                ALL,
            );
        }
    }
}

/// What keeps the compiler from reporting more than `mistakes`: the structs are there, as far as their files were
/// understood.
fn broken(types: &[(Ident, &PolicyFile)], krate: &TokenStream, mistakes: &Mistakes) -> TokenStream {
    let errors = mistakes.compile_errors();
    let structs = types.iter().map(|(ident, file)| structure::structure(ident, file, krate));
    quote! {
        #(#errors)*
        /// Every policy of the folder.
        pub const ALL: &[&#krate::Policy] = &[];
        #(#structs)*
    }
}

/// Each file with the name of its struct, sorted by the file's name. Two of one name are a mistake.
fn types<'f>(files: &'f [PolicyFile], place: Place, mistakes: &mut Mistakes) -> Vec<(Ident, &'f PolicyFile)> {
    let mut types: Vec<(Ident, &PolicyFile)> = Vec::with_capacity(files.len());
    for file in files {
        // A name that gives no identifier is no name of a policy, which was reported.
        let Ok(ident) = syn::parse_str::<Ident>(&structure::type_name(&file.name)) else { continue };
        match types.iter().find(|(other, _)| *other == ident) {
            None => types.push((ident, file)),
            Some((_, other)) => mistakes.add(
                place,
                &format!(
                    "`{}` and `{}` would both become the struct `{ident}`\nhelp: rename one of the two files",
                    other.name, file.name
                ),
            ),
        }
    }
    types
}
