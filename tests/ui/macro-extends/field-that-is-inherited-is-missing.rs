use kyc::{ClientId, Date, Policy};

#[derive(Policy)]
#[policy(set = "policies/extends", name = "club", extends = baseline)]
struct Club {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(set = "policies/extends", name = "gym", extends = baseline)]
struct Gym {
    client_id: ClientId,
    date_of_birth: Option<Date>,
}

fn main() {}
