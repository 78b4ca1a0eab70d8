use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    review_by = 2027-06-30,
)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
