use kyc::{Address, ClientId, DocumentNumber, Locale, Policy};

#[derive(Policy)]
#[policy(
    file = "policies/agree/shop.yaml",
)]
struct Shop {
    client_id: ClientId,
    document_number: DocumentNumber,
    locale: Option<Locale>,
    address: Option<Address>,
}

fn main() {}
