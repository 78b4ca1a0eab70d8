//! `#[derive(Policy)]`: a struct that declares a policy, and whose fields are the data of one client.

use kyc_policy::tree::{Entry, Kind, Node, Scalar};
use kyc_policy::{ClientField, Notation, SourceMap, unknown_client_field};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{DeriveInput, Meta};

use super::{Declared, tracked};
use crate::field::{StructField, fields};
use crate::options::Options;
use crate::read::{RawEntry, entries};
use crate::report::Mistakes;
use crate::spans::{Place, Spans};

pub(crate) fn derive(input: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut mistakes = Mistakes::default();
    let fields = fields(&input, &mut mistakes);
    report_unknown(&fields, &mut mistakes);
    let (mut entries, declaration) = attribute(&input, &mut mistakes);
    let options = Options::take(&mut entries, &mut mistakes);
    let declared = if let Some(file) = &options.file {
        super::file::declared(file, &entries, &options, &fields, &mut mistakes)
    } else {
        for entry in entries.extract_if(.., |entry| entry.key == "client") {
            mistakes.add(
                entry.place,
                "the fields of the struct are the client section: a field for each, `Option` for accepted ones",
            );
        }
        super::declared(entries, &fields, &options, declaration, Notation::Struct, &mut mistakes)
    };
    let declared = mistakes.proven(declared, declaration);
    let errors = mistakes.compile_errors();
    let code = implementation(&input, &fields, &options.krate, declared.as_ref());
    quote!(#(#errors)* #code)
}

/// Reports fields whose names are those of no client field.
fn report_unknown(fields: &[StructField], mistakes: &mut Mistakes) {
    let mut sources = SourceMap::default();
    let mut spans = Spans::new(&mut sources);
    for field in fields.iter().filter(|field| field.client_field().is_none()) {
        let loc = spans.add(&mut sources, field.place());
        let found = unknown_client_field(loc, &field.name());
        mistakes.add_all(&[found], &sources, &spans, field.place());
    }
}

/// The entries of all `#[policy(…)]`, and where the first one stands.
fn attribute(input: &DeriveInput, mistakes: &mut Mistakes) -> (Vec<RawEntry>, Place) {
    let mut all = Vec::new();
    let mut declaration = None;
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("policy")) {
        let place = Place::of(attribute.path().span());
        match &attribute.meta {
            Meta::List(list) => all.extend(entries(list.tokens.clone(), mistakes)),
            _ => mistakes.add_unreadable(place, "the policy stands in parentheses: `#[policy(…)]`"),
        }
        declaration.get_or_insert(place);
    }
    let declaration = declaration.unwrap_or_else(|| {
        let place = Place::of(input.ident.span());
        mistakes.add_unreadable(
            place,
            "the policy is missing: write `#[policy(name = \"…\", …)]`, or `#[policy(file = \"…\")]`",
        );
        place
    });
    (all, declaration)
}

/// The client section that the fields stand for; the client id is always required and is not named.
pub(super) fn client_section(
    fields: &[StructField],
    mut node: impl FnMut(Place, Kind<'static>) -> Node<'static>,
    declaration: Place,
) -> Option<Entry<'static>> {
    let mut lists = Vec::new();
    for (key, required) in [("require", true), ("accept", false)] {
        let named = fields.iter().filter(|field| {
            field.required == required && field.client_field() != Some(ClientField::ClientId)
        });
        let items: Vec<_> = named
            .map(|field| {
                let kind = match field.client_field() {
                    Some(known) => Kind::Scalar(Scalar { text: known.as_str().into(), quoted: false }),
                    None => Kind::Refused,
                };
                node(field.place(), kind)
            })
            .collect();
        if let Some(first) = items.first() {
            let key_loc = first.loc;
            lists.push(Entry { key: key.into(), key_loc, value: node(declaration, Kind::List(items)) });
        }
    }
    let key_loc = lists.first()?.key_loc;
    Some(Entry { key: "client".into(), key_loc, value: node(declaration, Kind::Map(lists)) })
}

/// The implementation; of a policy with mistakes one that keeps the compiler from reporting more than these.
pub(super) fn implementation(
    input: &DeriveInput,
    fields: &[StructField],
    krate: &TokenStream,
    declared: Option<&Declared>,
) -> TokenStream {
    let ident = &input.ident;
    let (generics, arguments, conditions) = input.generics.split_for_impl();
    // What a parameter of the struct stands for is not known, and is a mistake already.
    let is_typed = input.generics.params.is_empty();
    let puts = fields.iter().filter(|field| is_typed && field.client_field().is_some()).map(|field| {
        let (ident, ty) = (&field.ident, &field.ty);
        let value =
            Ident::new(if field.required { "FieldValue" } else { "AcceptedValue" }, Span::call_site());
        let put = quote_spanned! { ty.span().resolved_at(Span::call_site()) =>
            <#ty as __p::#value<__p::client_field::#ident>>::put
        };
        quote!(#put(self.#ident, &mut client);)
    });
    let (policy, tracked) = match declared {
        Some(declared) => {
            let policy = crate::quote_policy::policy(&declared.policy);
            let policy = quote! {{
                use #krate::__private as __p;
                static POLICY: __p::Policy = #policy;
                &POLICY
            }};
            (policy, tracked(&declared.files))
        }
        None => (quote!(#krate::__private::poisoned()), TokenStream::new()),
    };
    quote! {
        #tracked
        #[automatically_derived]
        impl #generics #krate::TypedPolicy for #ident #arguments #conditions {
            const POLICY: &'static #krate::Policy = #policy;

            fn into_client(self) -> #krate::Client {
                use #krate::__private as __p;
                let mut client = <__p::Client as ::core::default::Default>::default();
                #(#puts)*
                client
            }
        }
    }
}
