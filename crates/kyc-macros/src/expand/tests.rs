//! What is generated, for people to read, and what must not be in it.

use std::path::{Path, PathBuf};
use std::{env, fs};

use proc_macro2::TokenStream;
use quote::quote;

fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn pretty(tokens: TokenStream) -> String {
    prettyplease::unparse(&syn::parse2(tokens).unwrap())
}

/// `UPDATE_CORPUS=1` writes the snapshot.
#[test]
fn the_expansion_of_a_small_policy_is_short_and_as_recorded() {
    let file = |name: &str| -> PathBuf { package().join("expansions").join(name) };
    let source: TokenStream = fs::read_to_string(file("age-gate.rs")).unwrap().parse().unwrap();
    let expanded = pretty(super::derive(source));
    let recorded = file("age-gate.expanded.rs");
    if env::var_os("UPDATE_CORPUS").is_some() {
        fs::write(&recorded, &expanded).unwrap();
    }
    assert_eq!(expanded, fs::read_to_string(recorded).unwrap());
    assert!(expanded.lines().count() < 60, "{expanded}");
}

#[test]
fn expansions_do_not_tell_where_the_package_is() {
    let shipped = [
        super::policies(quote!(pub mod shipped = "../../policies")),
        super::policies(quote!(pub mod missing = "../../nowhere")),
        super::derive(quote! {
            #[policy(file = "../../policies/age-21-sale.yaml")]
            struct Sale { client_id: ClientId }
        }),
        super::policy(quote!(set = "../../nowhere", name = "shop", countries = [LT], documents = any)),
    ];
    let root = package().ancestors().nth(2).unwrap().to_string_lossy().into_owned();
    for tokens in shipped {
        let text = tokens.to_string();
        assert!(!text.contains(&root), "{text}");
    }
}

#[test]
fn the_same_tokens_give_the_same_expansion() {
    let expand = || super::policies(quote!("../../policies")).to_string();
    assert_eq!(expand(), expand());
}
