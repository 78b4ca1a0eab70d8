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

/// An error at the same place that says what is wanted there.
fn wanted(what: &str) -> impl Fn(syn::Error) -> syn::Error {
    move |error| syn::Error::new(error.span(), what)
}

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        const WANTED: &str =
            "expected a folder in quotes, such as `\"policies\"`, or `pub mod name = \"policies\"`";
        let (mut visibility, mut module) = (quote!(pub), None);
        if !input.peek(LitStr) {
            let stated: Visibility = input.parse()?;
            visibility = quote!(#stated);
            input.parse::<Token![mod]>().map_err(wanted(WANTED))?;
            module = Some(input.parse()?);
            input.parse::<Token![=]>().map_err(wanted("expected `=` and a folder in quotes"))?;
        }
        let folder = input.parse().map_err(wanted(WANTED))?;
        let mut krate = quote!(::kyc);
        if input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty() {
            const KRATE: &str = "expected the path of the crate `kyc`: `crate = ::kyc`";
            input.parse::<Token![crate]>().map_err(wanted(KRATE))?;
            input.parse::<Token![=]>().map_err(wanted(KRATE))?;
            let path: syn::Path = input.parse().map_err(wanted(KRATE))?;
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
