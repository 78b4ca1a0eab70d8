use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    set = "policies/hosts",
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    redirect(success = "https://app.exmaple.com/ok"),
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "policies/hosts/shop.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
