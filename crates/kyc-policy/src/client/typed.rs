//! A client's data that is typed already: what each field's type is, and how a typed value becomes part of a
//! [`Client`].

use kyc_core::{
    Address, ClientId, Country, Date, DocumentNumber, ExternalRef, Locale, PersonName, Personal,
    PersonalNumber, Sex, StepData,
};

use super::{Client, ClientField, ClientFields};
use crate::diagnostic::Diagnostic;
use crate::policy::Policy;
use crate::rules::unknown_word;
use crate::source::Loc;

/// A type that declares a policy and holds one client's data for it. Derive it with `#[derive(Policy)]`.
pub trait TypedPolicy: Sized {
    /// The policy: a `static`, checked by the compiler.
    const POLICY: &'static Policy;

    /// The client's data, for the merge.
    fn into_client(self) -> Client;
}

/// The type of a field that the policy requires.
#[diagnostic::on_unimplemented(
    message = "the client field `{Field}` cannot be of type `{Self}`",
    label = "not the type of `{Field}`",
    note = "the types of the fields are `ClientId`, `ExternalRef`, `PersonName` (first_name, last_name), `Date` \
            (date_of_birth, date_of_expiry, date_of_issue), `Personal<Country>` (nationality, document_country), \
            `DocumentNumber`, `PersonalNumber`, `Personal<Sex>`, `Address`, `Locale` and `StepData`",
    note = "a field that may be left out is an `Option` of its type, written by that name"
)]
pub trait FieldValue<Field> {
    /// Makes the value part of `client`.
    fn put(self, client: &mut Client);
}

/// The type of a field that may be left out.
#[diagnostic::on_unimplemented(
    message = "the client field `{Field}` cannot be of type `{Self}`",
    label = "not the `Option` of the type of `{Field}`",
    note = "the types of the fields are `ClientId`, `ExternalRef`, `PersonName` (first_name, last_name), `Date` \
            (date_of_birth, date_of_expiry, date_of_issue), `Personal<Country>` (nationality, document_country), \
            `DocumentNumber`, `PersonalNumber`, `Personal<Sex>`, `Address`, `Locale` and `StepData`",
    note = "if another type of the name `Option` is in scope, write `core::option::Option`"
)]
pub trait AcceptedValue<Field> {
    /// Makes the value, if there is one, part of `client`.
    fn put(self, client: &mut Client);
}

#[diagnostic::do_not_recommend]
impl<Field, T: FieldValue<Field>> AcceptedValue<Field> for Option<T> {
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

/// What is said of a field whose name is that of no client field.
pub fn unknown_client_field(place: Loc, name: &str) -> Diagnostic {
    let known = ClientField::ALL.iter().map(|field| field.as_str());
    unknown_word::found(place, name, "a client field", known)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{PolicySet, SourceMap, check_policy};

    /// The policy's client section, the fields of the struct beside the client's reference, and what is said.
    type Case = (&'static str, &'static [(ClientField, bool)], &'static [Disagreement]);

    #[test]
    fn a_struct_has_what_the_policy_requires_and_accepts_and_nothing_else() {
        use ClientField::{Address, FirstName, LastName, Locale, Sex};
        use Disagreement::{Missing, MissingName, NotOptional, Optional, Unexpected, Unused};
        let policy = |client: &str| {
            let text = format!("name: p\ncountries: [LT]\ndocuments: [ID_CARD]\nclient: {client}\n");
            let set = PolicySet::empty();
            let checked = check_policy(&mut SourceMap::default(), "p.yaml", Some("p"), text.as_bytes(), &set);
            checked.value.unwrap_or_else(|| panic!("{:?}", checked.diagnostics))
        };
        let (plain, name) =
            ("{ require: [sex], accept: [locale] }", "{ require: [name, sex], accept: [locale] }");
        let cases: &[Case] = &[
            (plain, &[(Sex, true), (Locale, false)], &[]),
            (plain, &[(Sex, false), (Locale, false)], &[NotOptional(Sex)]),
            (plain, &[(Sex, true), (Locale, true)], &[Optional(Locale)]),
            (plain, &[(Locale, false)], &[Missing(Sex)]),
            (plain, &[(Sex, true)], &[Unused(Locale)]),
            (plain, &[(Sex, true), (Locale, false), (Address, false)], &[Unexpected(Address)]),
            (plain, &[(Sex, true), (Locale, false), (Address, true)], &[Unexpected(Address)]),
            (plain, &[], &[Missing(Sex), Unused(Locale)]),
            (name, &[(Sex, true), (Locale, false)], &[MissingName]),
            (name, &[(Sex, true), (Locale, false), (FirstName, true)], &[]),
            (name, &[(Sex, true), (Locale, false), (LastName, false)], &[]),
            (name, &[(Sex, true), (Locale, false), (FirstName, false), (LastName, true)], &[]),
            (name, &[(Sex, true), (Locale, true), (FirstName, true)], &[Optional(Locale)]),
            ("{ accept: [first_name] }", &[(FirstName, true)], &[Optional(FirstName)]),
            ("{ accept: [first_name] }", &[], &[Unused(FirstName)]),
        ];
        assert_eq!(
            policy("{ require: [sex] }").disagreements(&[(Sex, true)]),
            [Missing(ClientField::ClientId)]
        );
        for (client, fields, expected) in cases {
            let fields = [&[(ClientField::ClientId, true)], *fields].concat();
            assert_eq!(policy(client).disagreements(&fields), *expected, "{client} and {fields:?}");
        }
    }
}
