use kyc::{ClientId, Date, Policy};

#[derive(Policy)]
#[policy(
    set = "policies/extends-wrongly",
    name = "shop",
    extends = baseline,
    age(min = 16),
    minors(rationale = "Youth accounts."),
    checks(aml = false),
)]
struct AsTokens {
    client_id: ClientId,
    date_of_birth: Date,
}

#[derive(Policy)]
#[policy(file = "policies/extends-wrongly/looser.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
