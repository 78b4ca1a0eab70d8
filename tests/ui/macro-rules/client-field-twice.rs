use kyc::{ClientId, Policy};

const AS_TOKENS: &Policy = kyc::policy! {
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    client(require = [name], accept = [locale, first_name]),
};

#[derive(Policy)]
#[policy(file = "corpus/invalid/client-field-twice/in-both-lists.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
