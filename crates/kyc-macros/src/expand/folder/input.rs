//! What `policies!` is given.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{LitStr, Token, Visibility};

/// `"folder"` or `pub mod name = "folder"`, and then perhaps `crate = path`.
pub(super) struct Input {
    pub(super) visibility: TokenStream,
    pub(super) module: Option<Ident>,
    pub(super) folder: LitStr,
    pub(super) krate: TokenStream,
}

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        const WANTED: &str =
            "expected a folder in quotes, such as `\"policies\"`, or `pub mod name = \"policies\"`";
        let (mut visibility, mut module) = (quote!(pub), None);
        if !input.peek(LitStr) {
            let stated: Visibility = input.parse()?;
            visibility = quote!(#stated);
            input.parse::<Token![mod]>().map_err(|error| syn::Error::new(error.span(), WANTED))?;
            module = Some(input.parse()?);
            input.parse::<Token![=]>()?;
        }
        let folder = input.parse().map_err(|error: syn::Error| syn::Error::new(error.span(), WANTED))?;
        let mut krate = quote!(::kyc);
        if input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty() {
            let wanted = |error: syn::Error| syn::Error::new(error.span(), "expected `crate = path`");
            input.parse::<Token![crate]>().map_err(wanted)?;
            input.parse::<Token![=]>().map_err(wanted)?;
            let path: syn::Path = input.parse()?;
            krate = quote!(#path);
            input.parse::<Option<Token![,]>>()?;
        }
        if input.is_empty() {
            Ok(Self { visibility, module, folder, krate })
        } else {
            Err(input.error("nothing is expected here"))
        }
    }
}
