use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    redirect(success = "https://app.example.com/{external_ref}"),
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "policies/placeholder/shop.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
