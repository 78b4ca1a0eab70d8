//! The struct that `policies!` makes of one policy.

use kyc_folder::PolicyFile;
use kyc_policy::{ClientField, ClientFields, ClientSection};
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{format_ident, quote};

use super::super::derive::implementation;
use super::super::{Declared, doc};
use crate::report::Mistakes;

/// `eu-onboarding` as `EuOnboarding`.
pub(super) fn type_name(name: &str) -> String {
    let part = |part: &str| {
        let mut letters = part.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    name.split('-').map(part).collect()
}

/// The struct of one file, with its implementation.
pub(super) fn structure(ident: &Ident, file: &PolicyFile, krate: &TokenStream) -> TokenStream {
    let client = file.client;
    let taken = client.require.union(client.accept).with(ClientField::ClientId);
    let fields = taken.iter().map(|field| {
        let name = format_ident!("{}", field.as_str());
        let ty = value_type(field, krate);
        let is_required = client.require.contains(field) || field == ClientField::ClientId;
        let (ty, about) = if is_required {
            (ty, "Required.")
        } else {
            (quote!(::core::option::Option<#ty>), note(client, field))
        };
        quote!(#[doc = #about] pub #name: #ty)
    });
    let description = file.policy.as_ref().and_then(|policy| policy.governance().description.as_deref());
    let about = format!("The policy `{}`. {}", file.name, description.map_or_else(String::new, doc));
    let about = about.trim_end();
    let structure = quote! {
        #[doc = #about]
        #[::core::prelude::v1::derive(::core::clone::Clone, ::core::fmt::Debug)]
        pub struct #ident { #(#fields),* }
    };
    let input = syn::parse2(structure.clone());
    let implementation = input.map(|input: syn::DeriveInput| {
        let fields = crate::field::fields(&input, &mut Mistakes::default());
        let declared = file.policy.clone().map(|policy| Declared { policy, files: Vec::new() });
        implementation(&input, &fields, krate, declared.as_ref())
    });
    let implementation = implementation.unwrap_or_else(|error| error.to_compile_error());
    quote!(#structure #implementation)
}

fn note(client: ClientSection, field: ClientField) -> &'static str {
    let names = ClientFields::EMPTY.with(ClientField::FirstName).with(ClientField::LastName);
    if client.require_name && names.contains(field) {
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
