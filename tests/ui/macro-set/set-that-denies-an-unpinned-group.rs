use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(set = "policies/pinned", name = "shop", countries = [EU, SCHENGEN], documents = [PASSPORT])]
struct Shop {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(set = "policies/pinned", name = "club", countries = [EU], documents = [PASSPORT])]
struct Club {
    client_id: ClientId,
}

fn main() {}
