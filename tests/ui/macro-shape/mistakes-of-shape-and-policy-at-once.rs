use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(name = "shop" countries = [LT], documents = [PASSPORT])]
struct Shop(ClientId);

fn main() {}
