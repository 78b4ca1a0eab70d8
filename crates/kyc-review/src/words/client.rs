//! What the caller brings about a client.

use kyc_policy::{ClientField, ClientFields, ClientSection};

use super::join;

/// A field of a client in plain words.
pub const fn client_field(field: ClientField) -> &'static str {
    match field {
        ClientField::ClientId => "our identifier of the client",
        ClientField::ExternalRef => "a reference of ours",
        ClientField::FirstName => "first name",
        ClientField::LastName => "last name",
        ClientField::DateOfBirth => "date of birth",
        ClientField::Nationality => "nationality",
        ClientField::DocumentNumber => "number of the document",
        ClientField::PersonalNumber => "national personal number",
        ClientField::Sex => "sex",
        ClientField::DateOfExpiry => "expiry date of the document",
        ClientField::DateOfIssue => "issue date of the document",
        ClientField::Address => "postal address",
        ClientField::DocumentCountry => "country of the document",
        ClientField::Locale => "language",
        ClientField::StepData => "what further documents should say",
    }
}

/// The fields without which no session is opened; a name is one of two.
pub fn required_fields(client: &ClientSection) -> Vec<&'static str> {
    let mut fields: Vec<_> = client.require.iter().map(client_field).collect();
    if client.require_name {
        // Behind the identifier, as people are named.
        fields.insert(fields.len().min(1), "a first or a last name");
    }
    fields
}

/// The fields that may be brought beside.
pub fn accepted_fields(client: &ClientSection) -> Vec<&'static str> {
    // That either of them may be given is said where a name is required.
    let names = ClientFields::EMPTY.with(ClientField::FirstName).with(ClientField::LastName);
    let said = if client.require_name { client.require.union(names) } else { client.require };
    client.accept.without(said).iter().map(client_field).collect()
}

/// What must be brought, and what may be.
pub fn client(client: &ClientSection) -> String {
    let must = join(required_fields(client));
    let may = join(accepted_fields(client));
    match (must.is_empty(), may.is_empty()) {
        (true, true) => "nothing is brought".to_owned(),
        (false, true) => format!("must be brought: {must}"),
        (true, false) => format!("may be brought: {may}"),
        (false, false) => format!("must be brought: {must}; may be: {may}"),
    }
}
