use kyc::{ClientId, Date, Policy};

#[derive(Policy)]
#[policy(
    set = "policies/extends-wrongly",
    name = "shop",
    extends = "basline",
)]
struct AsTokens {
    client_id: ClientId,
    date_of_birth: Date,
}

#[derive(Policy)]
#[policy(file = "policies/extends-wrongly/lost.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
