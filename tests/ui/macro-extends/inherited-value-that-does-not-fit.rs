use kyc::{ClientId, Date, Policy};

#[derive(Policy)]
#[policy(
    set = "policies/extends",
    name = "club",
    extends = baseline,
    age(max = 17),
    token(type = DOCUMENT),
)]
struct Club {
    client_id: ClientId,
    date_of_birth: Date,
}

fn main() {}
