//! The fields of a struct: which client fields they are, and whether they are `Option`s.

use kyc_policy::ClientField;
use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Fields, GenericArgument, Ident, PathArguments, Type};

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

    /// The client field of this name.
    pub(crate) fn client_field(&self) -> Option<ClientField> {
        ClientField::from_word(&self.name())
    }
}

/// The fields of the struct; of anything else, what is wrong with it.
pub(crate) fn fields(input: &DeriveInput, mistakes: &mut Mistakes) -> Vec<StructField> {
    let mut refuse = |span: Span, message: &str| mistakes.add(Place::of(span), message);
    if !input.generics.params.is_empty() {
        refuse(
            input.generics.span(),
            "a policy's struct has no generic parameters: its fields have the types of the client's data",
        );
    }
    let data = match &input.data {
        Data::Struct(data) => data,
        Data::Enum(data) => {
            refuse(
                data.enum_token.span,
                "a policy is declared on a struct: its fields are the client's data",
            );
            return Vec::new();
        }
        Data::Union(data) => {
            refuse(
                data.union_token.span,
                "a policy is declared on a struct: its fields are the client's data",
            );
            return Vec::new();
        }
    };
    let Fields::Named(named) = &data.fields else {
        refuse(input.ident.span(), "a policy's struct has named fields, such as `client_id: ClientId`");
        return Vec::new();
    };
    let fields: Vec<_> = named
        .named
        .iter()
        .filter_map(|field| {
            let ident = field.ident.clone()?;
            Some(StructField { ident, ty: field.ty.clone(), required: !is_option(&field.ty) })
        })
        .collect();
    match fields.iter().find(|field| field.client_field() == Some(ClientField::ClientId)) {
        None => refuse(input.ident.span(), "a policy's struct needs the field `client_id: ClientId`"),
        Some(field) if !field.required => {
            refuse(field.ty.span(), "`client_id` is always required, so it is no `Option`");
        }
        Some(_) => {}
    }
    fields
}

/// Whether a type is spelled as an `Option` of something. That it is the one of the standard library is for the compiler
/// to find.
fn is_option(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    let Some(last) = path.path.segments.last() else { return false };
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return false };
    last.ident == "Option" && matches!(arguments.args.first(), Some(GenericArgument::Type(_)))
}
