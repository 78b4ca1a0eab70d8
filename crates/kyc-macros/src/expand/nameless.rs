//! `policy!`: a policy without a struct, as an expression.

use kyc_policy::Notation;
use proc_macro2::{Span, TokenStream};
use quote::quote;

use super::{declared, tracked};
use crate::options::Options;
use crate::read::entries;
use crate::report::Mistakes;
use crate::spans::Place;

pub(crate) fn policy(input: TokenStream) -> TokenStream {
    let mut mistakes = Mistakes::default();
    let declaration = Place::of(Span::call_site());
    let mut entries = entries(input, &mut mistakes);
    let options = Options::take(&mut entries, &mut mistakes);
    if let Some(file) = &options.file {
        mistakes.add_unreadable(
            file.place,
            "`policy!` states a policy itself; a file is taken by `#[policy(file = …)]` on a struct",
        );
    }
    let declared = declared(entries, &[], &options, declaration, Notation::Tokens, &mut mistakes);
    let krate = &options.krate;
    let Some(declared) = mistakes.proven(declared, declaration) else {
        let errors = mistakes.compile_errors();
        return quote!({ #(#errors)* #krate::__private::poisoned() });
    };
    let tracked = tracked(&declared.files);
    let policy = crate::quote_policy::policy(&declared.policy);
    quote! {{
        #tracked
        use #krate::__private as __p;
        static POLICY: __p::Policy = #policy;
        &POLICY
    }}
}
