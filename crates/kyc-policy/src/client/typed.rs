//! A client's data that is typed already: what each field's type is, and how a typed value becomes part of a
//! [`Client`].

use kyc_core::{
    Address, ClientId, Country, Date, DocumentNumber, ExternalRef, Locale, PersonName, Personal,
    PersonalNumber, Sex, StepData,
};

use super::{Client, ClientField, ClientFields};
use crate::policy::Policy;

/// A type that declares a policy and holds one client's data for it. Derive it with `#[derive(Policy)]`.
pub trait TypedPolicy: Sized {
    /// The policy: a `static`, checked by the compiler.
    const POLICY: &'static Policy;

    /// The client's data, for the merge.
    fn into_client(self) -> Client;
}

/// A value that a field of a client can have: the field's own type if the field is required, `Option` of it if it is
/// accepted.
#[diagnostic::on_unimplemented(
    message = "the client field `{Field}` cannot be a `{Self}`",
    label = "this is not the type of the field",
    note = "the types of the fields are `ClientId`, `ExternalRef`, `PersonName` (first_name, last_name), `Date` \
            (date_of_birth, date_of_expiry, date_of_issue), `Personal<Country>` (nationality, document_country), \
            `DocumentNumber`, `PersonalNumber`, `Personal<Sex>`, `Address`, `Locale` and `StepData`",
    note = "a field that may be left out is a `core::option::Option` of its type"
)]
pub trait FieldValue<Field> {
    /// Makes the value part of `client`.
    fn put(self, client: &mut Client);
}

#[diagnostic::do_not_recommend]
impl<Field, T: FieldValue<Field>> FieldValue<Field> for Option<T> {
    fn put(self, client: &mut Client) {
        if let Some(value) = self {
            value.put(client);
        }
    }
}

/// The fields of a client as types: names for [`FieldValue`].
pub mod client_field {
    macro_rules! names {
        ($($name:ident,)+) => {
            $(
                #[expect(non_camel_case_types, missing_docs, missing_debug_implementations, reason = "a name in messages")]
                pub enum $name {}
            )+
        };
    }

    names! {
        client_id, external_ref, first_name, last_name, date_of_birth, nationality, document_number, personal_number,
        sex, date_of_expiry, date_of_issue, address, document_country, locale, step_data,
    }
}

macro_rules! values {
    ($($name:ident $field:ident: $type:ty => $($target:ident).+ = $wrap:expr,)+) => {
        $(#[diagnostic::do_not_recommend]
        impl FieldValue<client_field::$name> for $type {
            fn put(self, client: &mut Client) {
                client.given = client.given.with(ClientField::$field);
                client.$($target).+ = $wrap(self);
            }
        })+

        impl ClientField {
            /// The type of the field's value.
            pub const fn type_name(self) -> &'static str {
                match self { $(Self::$field => stringify!($type),)+ }
            }
        }
    };
}

values! {
    client_id ClientId: ClientId => client_id = Some,
    external_ref ExternalRef: ExternalRef => external_ref = Some,
    first_name FirstName: PersonName => person.first_name = Some,
    last_name LastName: PersonName => person.last_name = Some,
    date_of_birth DateOfBirth: Date => person.date_of_birth = Some,
    nationality Nationality: Personal<Country> => person.nationality = Some,
    document_number DocumentNumber: DocumentNumber => person.document_number = Some,
    personal_number PersonalNumber: PersonalNumber => person.personal_number = Some,
    sex Sex: Personal<Sex> => person.sex = Some,
    date_of_expiry DateOfExpiry: Date => person.date_of_expiry = Some,
    date_of_issue DateOfIssue: Date => person.date_of_issue = Some,
    address Address: Address => person.address = Some,
    document_country DocumentCountry: Personal<Country> => document_country = Some,
    locale Locale: Locale => locale = Some,
    step_data StepData: StepData => step_data = core::convert::identity,
}

/// A field of a struct that does not agree with the policy's client section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disagreement {
    /// The policy requires the field, and the struct has none.
    Missing(ClientField),
    /// The policy requires a first or last name, and the struct has neither.
    MissingName,
    /// The policy accepts the field, and the struct has none.
    Unused(ClientField),
    /// The policy does not take the field.
    Unexpected(ClientField),
    /// The policy requires the field, so it is no `Option`.
    NotOptional(ClientField),
    /// The policy only accepts the field, so it is an `Option`.
    Optional(ClientField),
}

impl Policy {
    /// How a struct with these fields disagrees with the policy's client section; `true` for a field that is not an
    /// `Option`. Of two names of which one is required, either may be left out or be an `Option`.
    pub fn disagreements(&self, fields: &[(ClientField, bool)]) -> Vec<Disagreement> {
        let has = |field: ClientField| fields.iter().any(|(of, _)| *of == field);
        let names = ClientFields::EMPTY.with(ClientField::FirstName).with(ClientField::LastName);
        let is_free = |field: ClientField| self.requires_name() && names.contains(field);
        let mut found: Vec<_> = fields
            .iter()
            .filter_map(|(field, required)| match (self.required_fields().contains(*field), required) {
                _ if !self.takes(*field) => Some(Disagreement::Unexpected(*field)),
                (true, false) => Some(Disagreement::NotOptional(*field)),
                (false, true) if !is_free(*field) => Some(Disagreement::Optional(*field)),
                _ => None,
            })
            .collect();
        found.extend(self.required_fields().iter().filter(|field| !has(*field)).map(Disagreement::Missing));
        let accepted = self.accepted_fields().iter().filter(|field| !has(*field) && !is_free(*field));
        found.extend(accepted.map(Disagreement::Unused));
        if self.requires_name() && !names.iter().any(has) {
            found.push(Disagreement::MissingName);
        }
        found
    }
}
