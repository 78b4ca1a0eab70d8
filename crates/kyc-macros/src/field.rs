//! The fields of a struct: which client fields they are, and whether they are `Option`s.

use kyc_policy::{ClientField, nearest};
use proc_macro2::Span;
use quote::ToTokens;
use syn::{Data, DataStruct, DeriveInput, Fields, GenericArgument, Ident, PathArguments, Type};

use crate::report::Mistakes;
use crate::spans::Place;

/// One field of the struct.
pub(crate) struct StructField {
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
    /// Whether it is no `Option`.
    pub(crate) required: bool,
}

impl StructField {
    pub(crate) fn name(&self) -> String {
        let name = self.ident.to_string();
        name.strip_prefix("r#").map_or_else(|| name.clone(), str::to_owned)
    }

    pub(crate) fn place(&self) -> Place {
        Place::of(self.ident.span())
    }

    pub(crate) fn type_place(&self) -> Place {
        of(&self.ty)
    }

    fn is_misspelt_client_id(&self) -> bool {
        self.client_field().is_none() && nearest(&self.name(), [ClientField::ClientId.as_str()]).is_some()
    }

    /// The client field of this name.
    pub(crate) fn client_field(&self) -> Option<ClientField> {
        ClientField::from_word(&self.name())
    }
}

/// The fields of the struct; of anything else, what is wrong with it.
pub(crate) fn fields(input: &DeriveInput, mistakes: &mut Mistakes) -> Vec<StructField> {
    const NO_STRUCT: &str = "a policy is declared on a struct: its fields are the client's data";
    if !input.generics.params.is_empty() {
        mistakes.add_unreadable(
            of(&input.generics),
            "a policy's struct has no parameters: its fields have the types of the client's data",
        );
    }
    let named = match &input.data {
        Data::Struct(DataStruct { fields: Fields::Named(named), .. }) => &named.named,
        Data::Struct(_) => {
            let message = "a policy's struct has named fields, such as `client_id: ClientId`";
            mistakes.add_unreadable(of(&input.ident), message);
            return Vec::new();
        }
        Data::Enum(data) => {
            mistakes.add_unreadable(of(&data.enum_token), NO_STRUCT);
            return Vec::new();
        }
        Data::Union(data) => {
            mistakes.add_unreadable(of(&data.union_token), NO_STRUCT);
            return Vec::new();
        }
    };
    let mut fields: Vec<StructField> = Vec::new();
    for field in named {
        let Some(ident) = field.ident.clone() else { continue };
        for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("policy")) {
            mistakes.add(of(&attribute.meta), "`policy` stands on the struct, and not on its fields");
        }
        // The compiler says that a field is declared twice.
        if fields.iter().all(|earlier| earlier.ident != ident) {
            fields.push(StructField { ident, ty: field.ty.clone(), required: !is_option(&field.ty) });
        }
    }
    match fields.iter().find(|field| field.client_field() == Some(ClientField::ClientId)) {
        // A misspelt one is reported as such.
        None if fields.iter().any(StructField::is_misspelt_client_id) => {}
        None => mistakes.add(of(&input.ident), "a policy's struct needs the field `client_id: ClientId`"),
        Some(field) if !field.required => {
            mistakes.add(of(&field.ty), "`client_id` is always required, so it is no `Option`");
        }
        Some(_) => {}
    }
    fields
}

/// The tokens of a part of the struct.
fn of(tokens: &impl ToTokens) -> Place {
    let tokens: Vec<_> = tokens.to_token_stream().into_iter().collect();
    Place::of_all(&tokens, Place::of(Span::call_site()))
}

/// Whether a type is spelled as an `Option` of something. That it is the one of the standard library is for the compiler
/// to find.
fn is_option(ty: &Type) -> bool {
    let path = match ty {
        Type::Path(path) => path,
        // What a `macro_rules!` macro has captured.
        Type::Group(group) => return is_option(&group.elem),
        Type::Paren(paren) => return is_option(&paren.elem),
        _ => return false,
    };
    let Some(last) = path.path.segments.last() else { return false };
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return false };
    last.ident == "Option" && matches!(arguments.args.first(), Some(GenericArgument::Type(_)))
}
