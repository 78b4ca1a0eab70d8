use kyc::{ClientId, Date, DocumentNumber, Locale, Policy};

#[derive(Policy)]
#[policy(
    file = "policies/agree/shop.yaml",
)]
struct Shop {
    client_id: ClientId,
    date_of_birth: Date,
    document_number: DocumentNumber,
    locale: Option<Locale>,
}

fn main() {}
