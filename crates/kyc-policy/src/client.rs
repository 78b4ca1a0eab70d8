//! What a caller brings about one client: raw input, then typed fields. Problems are kept with the data and are
//! reported by the merge, together with everything else.

use std::fmt;

use kyc_core::{
    Address, ClientId, Country, Date, DocumentNumber, ExternalRef, Locale, Person, PersonName, Personal,
    PersonalNumber, Sex, StepData, StepName,
};
use zeroize::Zeroizing;

use crate::diagnostic::Findings;
use crate::read::InputValue;
use crate::rules::{client_field_given_twice, client_field_unknown, client_value_invalid};
use crate::vocabulary::words;

words! {
    /// A field that a caller may bring, and nothing else is per client.
    pub enum ClientField {
        /// The caller's identifier of the client; always required.
        ClientId = "client_id",
        /// The caller's opaque reference.
        ExternalRef = "external_ref",
        /// First name.
        FirstName = "first_name",
        /// Last name.
        LastName = "last_name",
        /// Day of birth.
        DateOfBirth = "date_of_birth",
        /// Nationality.
        Nationality = "nationality",
        /// Number of the document.
        DocumentNumber = "document_number",
        /// National personal number.
        PersonalNumber = "personal_number",
        /// Sex.
        Sex = "sex",
        /// Day on which the document expires.
        DateOfExpiry = "date_of_expiry",
        /// Day on which the document was issued.
        DateOfIssue = "date_of_issue",
        /// Postal address.
        Address = "address",
        /// Issuing country of the document.
        DocumentCountry = "document_country",
        /// Language of the vendor's pages.
        Locale = "locale",
        /// What additional steps compare with.
        StepData = "step_data",
    }
}

/// A set of client fields.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct ClientFields(u16);

impl ClientFields {
    /// The empty set.
    pub const EMPTY: Self = Self(0);

    /// The set with `field` added; usable in constants.
    #[must_use]
    pub const fn with(self, field: ClientField) -> Self {
        Self(self.0 | 1 << field as u16)
    }

    /// Whether `field` is in the set.
    pub const fn contains(self, field: ClientField) -> bool {
        self.0 & (1 << field as u16) != 0
    }

    /// The fields of both sets.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The fields, in the order of declaration.
    pub fn iter(self) -> impl Iterator<Item = ClientField> {
        ClientField::ALL.iter().copied().filter(move |field| self.contains(*field))
    }
}

impl fmt::Debug for ClientFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// A client's data as it arrived. It does not print.
#[derive(Clone, Default)]
pub struct ClientInput(Vec<(String, InputValue)>);

impl ClientInput {
    /// Adds a field given as text.
    pub fn text(&mut self, key: impl Into<String>, value: impl Into<String>) {
        self.push(key.into(), InputValue::Text(Zeroizing::new(value.into())));
    }

    /// Adds all fields of `other`.
    pub fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    pub(crate) fn push(&mut self, key: String, value: InputValue) {
        self.0.push((key, value));
    }
}

impl fmt::Debug for ClientInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientInput(redacted)")
    }
}

/// A client's data, each field of the right form. What had a wrong form is kept as a problem, and the merge refuses.
#[derive(Debug, Default)]
#[expect(clippy::struct_field_names, reason = "`client_id` is the field's name everywhere")]
pub struct Client {
    pub(crate) client_id: Option<ClientId>,
    pub(crate) external_ref: Option<ExternalRef>,
    pub(crate) person: Person,
    pub(crate) document_country: Option<Personal<Country>>,
    pub(crate) locale: Option<Locale>,
    pub(crate) step_data: StepData,
    /// Fields that were given, well formed or not.
    pub(crate) given: ClientFields,
    /// Fields that were given in a wrong form.
    pub(crate) malformed: ClientFields,
    pub(crate) problems: Findings,
}

impl Client {
    /// Reads every field of `input`; mistakes are reported by the merge.
    pub fn read(input: &ClientInput) -> Self {
        let mut client = Self::default();
        for (key, value) in &input.0 {
            let Some(field) = ClientField::ALL.iter().copied().find(|field| field.as_str() == key) else {
                client.problems.push(client_field_unknown::found(key));
                continue;
            };
            if matches!(value, InputValue::Other("null")) {
                continue;
            }
            if client.given.contains(field) {
                client.problems.push(client_field_given_twice::found(field));
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

    /// The value that a placeholder stands for.
    pub(crate) fn placeholder(&self, field: ClientField) -> Option<&str> {
        match field {
            ClientField::ClientId => self.client_id.as_ref().map(ClientId::expose),
            ClientField::ExternalRef => self.external_ref.as_ref().map(ExternalRef::expose),
            _ => None,
        }
    }

    fn set(&mut self, field: ClientField, value: &InputValue) -> Result<(), Refusal> {
        if field == ClientField::StepData {
            return self.set_step_data(value);
        }
        let text = match value {
            InputValue::Text(text) => text.as_str(),
            InputValue::Map(_) => return Err(Refusal::kind("a map")),
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
        const MAX_FIELDS: usize = 100;
        const MAX_VALUE: usize = 255;
        let InputValue::Map(steps) = value else { return Err(Refusal::new(SHAPE)) };
        let mut count = 0;
        for (step, fields) in steps {
            let name = StepName::new(step).map_err(|_| Refusal::new("has a malformed step name"))?;
            let InputValue::Map(fields) = fields else { return Err(Refusal::new(SHAPE)) };
            for (field, value) in fields {
                let InputValue::Text(text) = value else { return Err(Refusal::new(SHAPE)) };
                count += 1;
                if count > MAX_FIELDS {
                    return Err(Refusal::new("has more than 100 fields"));
                }
                if text.is_empty()
                    || text.chars().count() > MAX_VALUE
                    || field.is_empty()
                    || field.len() > 100
                {
                    return Err(Refusal::new("has a field that is empty or longer than 255 characters"));
                }
                if self.step_data.expose().get(&name).is_some_and(|known| known.contains_key(field)) {
                    return Err(Refusal::new("has a field twice"));
                }
                self.step_data.insert(name.clone(), field.clone(), text.clone());
            }
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

    fn name(error: impl fmt::Display) -> Self {
        let help = "names take letters of any script, spaces, hyphens, apostrophes, periods and `&`; leave digits, \
                    titles and marks out, or leave the field out";
        Self { help: Some(help), ..Self::form(error) }
    }

    fn into_diagnostic(self, field: ClientField) -> crate::Diagnostic {
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
