//! `policies!`: a module with one struct for each policy of a folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kyc_folder::Folder;
use kyc_policy::{ClientField, ClientFields, Policy};
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{format_ident, quote};
use syn::parse::{Parse, ParseStream};
use syn::{LitStr, Token, Visibility};

use super::{doc, package, read, tracked};
use crate::options::{At, relative};
use crate::report::Mistakes;
use crate::spans::{Place, Spans};

/// `"folder"` or `pub mod name = "folder"`, and then perhaps `crate = path`.
struct Input {
    visibility: TokenStream,
    module: Option<Ident>,
    folder: LitStr,
    krate: TokenStream,
}

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (mut visibility, mut module) = (quote!(pub), None);
        if !input.peek(LitStr) {
            let stated: Visibility = input.parse()?;
            visibility = quote!(#stated);
            input.parse::<Token![mod]>()?;
            module = Some(input.parse()?);
            input.parse::<Token![=]>()?;
        }
        let folder = input.parse()?;
        let mut krate = quote!(::kyc);
        if input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty() {
            input.parse::<Token![crate]>()?;
            input.parse::<Token![=]>()?;
            let path: syn::Path = input.parse()?;
            krate = quote!(#path);
            input.parse::<Option<Token![,]>>()?;
        }
        Ok(Self { visibility, module, folder, krate })
    }
}

pub(crate) fn policies(input: TokenStream) -> TokenStream {
    let input: Input = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut mistakes = Mistakes::default();
    let place = Place::of(input.folder.span());
    let module = module(&input, place, &mut mistakes);
    let folder = relative(&input.folder.value(), place, &mut mistakes);
    let content = folder.and_then(|folder| content(&folder, &input.krate, &mut mistakes));
    let errors = mistakes.to_compile_errors();
    let visibility = &input.visibility;
    quote! {
        #errors
        /// The policies of a folder, each as a struct that holds the data of one client.
        #visibility mod #module {
            #content
        }
    }
}

/// The module's name: stated, or the folder's.
fn module(input: &Input, place: Place, mistakes: &mut Mistakes) -> Ident {
    if let Some(module) = &input.module {
        return module.clone();
    }
    let path = input.folder.value();
    let name = Path::new(&path).file_name().unwrap_or_default().to_string_lossy().replace('-', "_");
    syn::parse_str::<Ident>(&name).unwrap_or_else(|_| {
        mistakes.add(place, "the folder's name is no name of a module: write `pub mod name = \"folder\"`");
        Ident::new("policies", Span::call_site())
    })
}

fn content(folder: &At<PathBuf>, krate: &TokenStream, mistakes: &mut Mistakes) -> Option<TokenStream> {
    let mut read = read(folder, |path| Folder::read_in(&package(), path), mistakes)?;
    let spans = Spans::new(read.sources_mut());
    mistakes.add_all(read.diagnostics(), read.sources(), &spans, folder.place);
    let files = read.files().iter().map(|file| file.path.as_path()).chain(read.set_path());
    let tracked = tracked(&files.map(Path::to_owned).collect::<Vec<_>>());
    let policies = read.into_policies().ok()?;
    let types = types(&policies, folder.place, mistakes)?;
    let structs = types.iter().map(|(ident, policy)| structure(ident, policy, krate));
    let idents = types.keys();
    let path = format!("/{}", folder.value.to_string_lossy());
    Some(quote! {
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
    })
}

/// The struct's name of each policy. Two that would have one name are a mistake.
fn types<'p>(
    policies: &'p [Policy],
    place: Place,
    mistakes: &mut Mistakes,
) -> Option<BTreeMap<Ident, &'p Policy>> {
    let mut types: BTreeMap<Ident, &Policy> = BTreeMap::new();
    for policy in policies {
        let ident = Ident::new(&type_name(policy.name()), Span::call_site());
        match types.get(&ident) {
            Some(other) => mistakes.add(
                place,
                &format!(
                    "`{}` and `{}` would both become the struct `{ident}`\nhelp: rename one of the two files",
                    other.name(),
                    policy.name()
                ),
            ),
            None => {
                types.insert(ident, policy);
            }
        }
    }
    mistakes.is_empty().then_some(types)
}

/// `eu-onboarding` as `EuOnboarding`.
fn type_name(name: &str) -> String {
    let part = |part: &str| {
        let mut letters = part.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    name.split('-').map(part).collect()
}

fn structure(ident: &Ident, policy: &Policy, krate: &TokenStream) -> TokenStream {
    let fields = ClientField::ALL.iter().filter(|field| policy.takes(**field)).map(|field| {
        let name = format_ident!("{}", field.as_str());
        let ty = value_type(*field, krate);
        let (ty, about) = if policy.required_fields().contains(*field) {
            (ty, "Required.")
        } else {
            (quote!(::core::option::Option<#ty>), note(policy, *field))
        };
        quote!(#[doc = #about] pub #name: #ty)
    });
    let description = policy.governance().description.as_deref().map_or_else(String::new, doc);
    let about = format!("The policy `{}`. {description}", policy.name());
    let about = about.trim_end();
    let structure = quote! {
        #[doc = #about]
        #[::core::prelude::v1::derive(::core::clone::Clone, ::core::fmt::Debug)]
        pub struct #ident { #(#fields),* }
    };
    let input = syn::parse2(structure.clone());
    let implementation = input.map(|input: syn::DeriveInput| {
        let fields = crate::field::fields(&input, &mut Mistakes::default());
        let declared = super::Declared { policy: policy.clone(), files: Vec::new() };
        super::derive::implementation(&input, &fields, krate, Some(&declared))
    });
    let implementation = implementation.unwrap_or_else(|error| error.to_compile_error());
    quote!(#structure #implementation)
}

fn note(policy: &Policy, field: ClientField) -> &'static str {
    let names = ClientFields::EMPTY.with(ClientField::FirstName).with(ClientField::LastName);
    if policy.requires_name() && names.contains(field) {
        "A first or a last name is required."
    } else {
        "May be left out."
    }
}

/// The type of a field's value, with its full path.
fn value_type(field: ClientField, krate: &TokenStream) -> TokenStream {
    let tokens: TokenStream = field.type_name().parse().unwrap_or_default();
    tokens.into_iter().map(|token| qualified(token, krate)).collect()
}

fn qualified(token: TokenTree, krate: &TokenStream) -> TokenStream {
    match token {
        TokenTree::Ident(ident) => quote!(#krate::core::#ident),
        other => other.into(),
    }
}
