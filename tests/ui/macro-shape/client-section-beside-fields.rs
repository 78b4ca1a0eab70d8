use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    client(require = [date_of_birth]),
)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
