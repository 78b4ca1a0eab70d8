use kyc::{ClientId, Date, Policy};

#[derive(Policy)]
#[policy(
    set = "policies/extends-wrongly",
    name = "shop",
    extends = baseline,
    loosen("checks.aml"(reason = "Checked elsewhere.", until = "2027-06-30")),
)]
struct AsTokens {
    client_id: ClientId,
    date_of_birth: Date,
}

#[derive(Policy)]
#[policy(file = "policies/extends-wrongly/idle.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
