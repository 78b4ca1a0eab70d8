use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(name = "shop", countries = [LT], documents = [PASSPORT])]
struct Shop {
    #[policy(required)]
    client_id: ClientId,
}

fn main() {}
