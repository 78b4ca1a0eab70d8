use kyc::{ClientId, Policy, Sex};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
)]
struct Shop {
    client_id: ClientId,
    sex: Option<Sex>,
}

fn main() {}
