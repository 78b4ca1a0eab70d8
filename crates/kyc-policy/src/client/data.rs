//! A client's data, understood.

use kyc_core::{ClientId, Country, ExternalRef, Locale, Person, Personal, StepData};

use super::field::{ClientField, ClientFields};
use crate::diagnostic::Findings;

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
    /// The value that a placeholder stands for.
    pub(crate) fn placeholder(&self, field: ClientField) -> Option<&str> {
        match field {
            ClientField::ClientId => self.client_id.as_ref().map(ClientId::expose),
            ClientField::ExternalRef => self.external_ref.as_ref().map(ExternalRef::expose),
            _ => None,
        }
    }
}
