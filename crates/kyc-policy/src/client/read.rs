//! From a client's data as it arrived to typed fields. Problems are kept with the data, and the merge reports them
//! together with everything else.

use std::fmt;

use kyc_core::{
    Address, ClientId, Country, Date, DocumentNumber, ExternalRef, Locale, PersonName, Personal,
    PersonalNumber, Sex, StepName, TextError,
};

use super::{Client, ClientField, ClientFields, ClientInput, InputValue};
use crate::diagnostic::Diagnostic;
use crate::rules::{client_field_given_twice, client_field_unknown, client_value_invalid};

impl Client {
    /// Reads every field of `input`; mistakes are reported by the merge.
    pub fn read(input: &ClientInput) -> Self {
        let mut client = Self::default();
        let mut named = ClientFields::EMPTY;
        for (key, value) in input.entries() {
            let Some(field) = ClientField::from_word(key) else {
                client.problems.push_error(|| client_field_unknown::found(key));
                continue;
            };
            if named.contains(field) {
                client.problems.push(client_field_given_twice::found(field));
                continue;
            }
            named = named.with(field);
            if matches!(value, InputValue::Other("null")) {
                continue;
            }
            client.given = client.given.with(field);
            if let Err(refusal) = client.set(field, value) {
                client.malformed = client.malformed.with(field);
                client.problems.push(refusal.into_diagnostic(field));
            }
        }
        client
    }

    fn set(&mut self, field: ClientField, value: &InputValue) -> Result<(), Refusal> {
        if field == ClientField::StepData {
            return self.set_step_data(value);
        }
        let text = match value {
            InputValue::Text(text) => text.as_str(),
            InputValue::Map(_) => return Err(Refusal::kind("a map")),
            InputValue::Switch(_) => return Err(Refusal::kind(InputValue::SWITCH)),
            InputValue::Other(kind) => return Err(Refusal::kind(kind)),
        };
        let person = &mut self.person;
        match field {
            ClientField::ClientId => self.client_id = Some(ClientId::new(text).map_err(Refusal::form)?),
            ClientField::ExternalRef => {
                self.external_ref = Some(ExternalRef::new(text).map_err(Refusal::form)?);
            }
            ClientField::FirstName => person.first_name = Some(PersonName::new(text).map_err(Refusal::name)?),
            ClientField::LastName => person.last_name = Some(PersonName::new(text).map_err(Refusal::name)?),
            ClientField::DateOfBirth => person.date_of_birth = Some(date(text)?),
            ClientField::DateOfExpiry => person.date_of_expiry = Some(date(text)?),
            ClientField::DateOfIssue => person.date_of_issue = Some(date(text)?),
            ClientField::Nationality => person.nationality = Some(nationality(text)?),
            ClientField::DocumentCountry => self.document_country = Some(country(text)?),
            ClientField::DocumentNumber => {
                person.document_number = Some(DocumentNumber::new(text).map_err(Refusal::form)?);
            }
            ClientField::PersonalNumber => {
                person.personal_number = Some(PersonalNumber::new(text).map_err(Refusal::form)?);
            }
            ClientField::Address => person.address = Some(Address::new(text).map_err(Refusal::form)?),
            ClientField::Sex => {
                let sex = Sex::from_word(text).ok_or_else(|| Refusal::new("is not `M` or `F`"))?;
                person.sex = Some(Personal::new(sex));
            }
            ClientField::Locale => self.locale = Some(Locale::new(text).map_err(Refusal::form)?),
            ClientField::StepData => {}
        }
        Ok(())
    }

    fn set_step_data(&mut self, value: &InputValue) -> Result<(), Refusal> {
        const SHAPE: &str = "is not a map of step names to maps of field names to texts";
        let InputValue::Map(steps) = value else { return Err(Refusal::new(SHAPE)) };
        for (step, fields) in steps {
            let name = StepName::new(step).map_err(|_| Refusal::new("has a malformed step name"))?;
            let InputValue::Map(fields) = fields else { return Err(Refusal::new(SHAPE)) };
            if fields.is_empty() {
                return Err(Refusal::new("has a step without fields"));
            }
            if self.step_data.expose().contains_key(&name) {
                return Err(Refusal::new("has a step twice"));
            }
            for (field, value) in fields {
                let InputValue::Text(text) = value else { return Err(Refusal::new(SHAPE)) };
                self.step_data
                    .insert(name.clone(), field, text)
                    .map_err(|error| Refusal::new(error.to_string()))?;
            }
        }
        if self.step_data.is_empty() {
            return Err(Refusal::new("is empty"));
        }
        Ok(())
    }
}

/// Why a value is refused, without the value.
struct Refusal {
    message: String,
    help: Option<&'static str>,
}

impl Refusal {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    fn kind(kind: &str) -> Self {
        Self::new(format!("is {kind}, and must be a text"))
    }

    fn form(error: impl fmt::Display) -> Self {
        Self::new(format!("is malformed: {error}"))
    }

    fn name(error: TextError) -> Self {
        let help = matches!(error, TextError::Character { .. }).then_some(
            "names take letters of any script, spaces, hyphens, apostrophes, periods and `&`; leave digits, titles \
             and marks out, or leave the field out",
        );
        Self { help, ..Self::form(error) }
    }

    fn into_diagnostic(self, field: ClientField) -> Diagnostic {
        client_value_invalid::found(field, &self.message, self.help)
    }
}

fn date(text: &str) -> Result<Date, Refusal> {
    text.parse().map_err(|error| Refusal {
        help: Some("write the date as YYYY-MM-DD, such as 1990-05-15"),
        ..Refusal::form(error)
    })
}

fn country(text: &str) -> Result<Personal<Country>, Refusal> {
    let country = text.parse().map_err(|error| Refusal {
        help: Some("write two upper-case letters, such as LT"),
        ..Refusal::form(error)
    })?;
    Ok(Personal::new(country))
}

fn nationality(text: &str) -> Result<Personal<Country>, Refusal> {
    if text == "ALL" {
        let help = "leave the field out if the nationality is not known";
        return Err(Refusal {
            message: "is `ALL`, which would clear the vendor's cross-check".into(),
            help: Some(help),
        });
    }
    country(text)
}
