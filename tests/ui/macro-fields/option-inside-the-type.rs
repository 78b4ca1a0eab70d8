use kyc::{ClientId, Personal, Policy, Sex};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
)]
struct Shop {
    client_id: ClientId,
    sex: Personal<Option<Sex>>,
}

fn main() {}
