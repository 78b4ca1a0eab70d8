use kyc::{ClientId, Date, Locale, PersonName, Policy};

#[derive(Policy)]
#[policy(
    file = "policies/agree/shop.yaml",
)]
struct Shop {
    client_id: ClientId,
    date_of_birth: Option<Date>,
    locale: Locale,
    first_name: PersonName,
}

fn main() {}
