use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    set = "policies/denied",
    name = "shop",
    countries = [LT, LT],
    documents = [PASSPORT],
    nfc = account,
)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
