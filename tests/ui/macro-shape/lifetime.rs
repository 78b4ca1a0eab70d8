use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(name = "shop", countries = [LT], documents = [PASSPORT])]
struct Shop<'a> {
    client_id: &'a ClientId,
}

fn main() {}
