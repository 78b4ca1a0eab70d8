//! `#[derive(Policy)]`: a struct that declares a policy, and whose fields are the data of one client.

use std::path::Path;

use kyc_folder::Folder;
use kyc_policy::tree::{Entry, Kind, Node, Scalar};
use kyc_policy::{ClientField, Disagreement, Policy};
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{DeriveInput, Meta};

use super::{Declared, package, read, tracked};
use crate::field::{StructField, fields};
use crate::options::{At, Options};
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
    let (mut entries, declaration) = attribute(&input, &mut mistakes);
    let options = Options::take(&mut entries, &mut mistakes);
    for entry in entries.extract_if(.., |entry| entry.key == "client") {
        mistakes.add(
            entry.place,
            "the fields of the struct are the client section: a field for each, `Option` for accepted ones",
        );
    }
    let declared = match &options.file {
        Some(file) => of_file(file, &entries, &options, &fields, &mut mistakes),
        None => super::declared(entries, &fields, &options, declaration, &mut mistakes),
    };
    let declared = declared.filter(|_| mistakes.is_empty());
    let errors = mistakes.to_compile_errors();
    let code = implementation(&input, &fields, &options.krate, declared.as_ref());
    quote!(#errors #code)
}

/// The entries of all `#[policy(…)]`, and where the first one stands.
fn attribute(input: &DeriveInput, mistakes: &mut Mistakes) -> (Vec<RawEntry>, Place) {
    let mut all = Vec::new();
    let mut declaration = None;
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("policy")) {
        let place = Place::of(attribute.path().span());
        match &attribute.meta {
            Meta::List(list) => all.extend(entries(list.tokens.clone(), mistakes)),
            _ => mistakes.add(place, "write `#[policy(…)]`"),
        }
        declaration.get_or_insert(place);
    }
    let declaration = declaration.unwrap_or_else(|| {
        let place = Place::of(input.ident.span());
        mistakes.add(
            place,
            "the policy is missing: write `#[policy(name = \"…\", …)]`, or `#[policy(file = \"…\")]`",
        );
        place
    });
    (all, declaration)
}

/// The policy of a file, with whose client section the fields must agree.
fn of_file(
    file: &At<std::path::PathBuf>,
    entries: &[RawEntry],
    options: &Options,
    fields: &[StructField],
    mistakes: &mut Mistakes,
) -> Option<Declared> {
    for entry in entries {
        mistakes.add(entry.place, "the policy stands in the file, and nothing of it here");
    }
    if let Some(set) = &options.set {
        mistakes.add(set.place, "the set of a file is the `_set.yaml` beside it");
    }
    let mut folder = read(file, |path| Folder::read_file_in(&package(), path), mistakes)?;
    let spans = Spans::new(folder.sources_mut());
    mistakes.add_all(folder.diagnostics(), folder.sources(), &spans, file.place);
    let files = folder.files().iter().map(|file| file.path.as_path()).chain(folder.set_path());
    let files = files.map(Path::to_owned).collect();
    let Ok([policy]) = <[Policy; 1]>::try_from(folder.into_policies().ok()?) else {
        mistakes.add(file.place, "this is the file of a set, and no policy");
        return None;
    };
    agree(&policy, fields, file.place, mistakes);
    Some(Declared { policy, files })
}

/// Reports how the fields disagree with the policy's client section, each on its field.
fn agree(policy: &Policy, fields: &[StructField], file: Place, mistakes: &mut Mistakes) {
    let known: Vec<_> =
        fields.iter().filter_map(|field| Some((field.client_field()?, field.required))).collect();
    for field in fields.iter().filter(|field| field.client_field().is_none()) {
        mistakes.add(field.place(), &format!("`{}` is not a client field", field.name()));
    }
    let of = |field: ClientField| fields.iter().find(|of| of.client_field() == Some(field));
    let place = |field: ClientField| of(field).map_or(file, StructField::place);
    let ty = |field: ClientField| of(field).map_or(file, |field| Place::of(field.ty.span()));
    for disagreement in policy.disagreements(&known) {
        let (place, message) = match disagreement {
            Disagreement::Missing(field) => {
                let ty = field.type_name();
                (
                    file,
                    format!(
                        "the policy requires `{field}`, and the struct has no such field\nhelp: add `{field}: {ty}`"
                    ),
                )
            }
            Disagreement::MissingName => (
                file,
                "the policy requires a name, and the struct has neither `first_name` nor `last_name`\n\
                 help: add `first_name: Option<PersonName>` and `last_name: Option<PersonName>`"
                    .to_owned(),
            ),
            Disagreement::Unused(field) => {
                let ty = field.type_name();
                (
                    file,
                    format!(
                        "the policy accepts `{field}`, and the struct has no such field\nhelp: add `{field}: Option<{ty}>`"
                    ),
                )
            }
            Disagreement::Unexpected(field) => (
                place(field),
                format!(
                    "the policy takes no `{field}`\nhelp: leave the field out, or name it in the policy's `client` section"
                ),
            ),
            Disagreement::NotOptional(field) => {
                (ty(field), format!("the policy requires `{field}`, so it is no `Option`"))
            }
            Disagreement::Optional(field) => (
                ty(field),
                format!(
                    "the policy accepts `{field}` and does not require it, so it is an `Option<{}>`",
                    field.type_name()
                ),
            ),
        };
        mistakes.add(place, &message);
    }
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
                node(field.place(), Kind::Scalar(Scalar { text: field.name().into(), quoted: false }))
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
    let puts = fields.iter().filter(|field| field.client_field().is_some()).map(|field| {
        let (ident, ty, name) = (&field.ident, &field.ty, &field.ident);
        let put = quote_spanned! { ty.span().resolved_at(Span::call_site()) =>
            <#ty as #krate::__private::FieldValue<#krate::__private::client_field::#name>>::put
        };
        quote!(#put(self.#ident, &mut client);)
    });
    let (policy, tracked) = match declared {
        Some(declared) => {
            let policy = crate::quote_policy::policy(&declared.policy);
            let policy = quote! {{
                use #krate::__private as p;
                static POLICY: p::Policy = #policy;
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
                let mut client = <#krate::Client as ::core::default::Default>::default();
                #(#puts)*
                client
            }
        }
    }
}
