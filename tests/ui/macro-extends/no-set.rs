use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(name = "shop", extends = baseline, countries = [LT], documents = [PASSPORT])]
struct Shop {
    client_id: ClientId,
}

fn main() {}
