use kyc::{Address, ClientId, Date, DocumentNumber, Locale, Policy, Personal, Sex};

#[derive(Policy)]
#[policy(
    file = "policies/agree/shop.yaml",
)]
struct Shop {
    client_id: ClientId,
    date_of_birth: Date,
    document_number: DocumentNumber,
    locale: Option<Locale>,
    address: Option<Address>,
    sex: Option<Personal<Sex>>,
}

fn main() {}
