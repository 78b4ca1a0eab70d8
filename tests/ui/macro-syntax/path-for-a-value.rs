use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    reuse = Reuse::Never,
)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
