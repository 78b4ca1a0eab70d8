use kyc::{ClientId, Date, Policy};

#[derive(Policy)]
#[policy(
    name = "Shop",
    countries = [LT, UK],
    documents = [PASPORT],
    age(min = 70, max = 18),
    token(expires_in = 3600),
    verdict(default = accept),
)]
struct Shop {
    client_id: ClientId,
    date_of_brith: Date,
}

fn main() {}
