use kyc::{Address, ClientId, Date, DocumentNumber, Locale, Policy};

#[derive(Policy)]
#[policy(
    file = "policies/agree/shop.yaml",
)]
struct Shop {
    client_id: ClientId,
    date_of_birth: Option<Date>,
    document_number: DocumentNumber,
    locale: Option<Locale>,
    address: Option<Address>,
}

fn main() {}
