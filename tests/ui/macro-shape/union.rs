use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(name = "shop", countries = [LT], documents = [PASSPORT])]
union Shop {
    client_id: std::mem::ManuallyDrop<ClientId>,
}

fn main() {}
