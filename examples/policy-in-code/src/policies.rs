//! The policies of the service. A mistake in any of them is an error of the compiler.

use kyc::{ClientId, Country, Date, ExternalRef, Locale, PersonName, Personal, Policy};

/// A policy that the program itself states: buyers of alcohol. The fields are what one client brings; an `Option` is
/// what they may leave out.
#[derive(Policy)]
#[policy(
    set = "../../policies",
    name = "age-gate",
    description = "Buyers of alcohol.",
    owner = "shop-compliance@example.com",
    rationale = "The shop sells from 21 on, and needs to know nothing but the age.",
    review_by = "2027-11-30",
    risk_tier = low,
    countries = [any, -KP],
    documents = [PASSPORT, ID_CARD, DRIVER_LICENSE],
    age(min = 21),
    token(expires_in = 30m, session_length = 10m),
    redirect(success = "https://app.example.com/shop/ok", error = "https://app.example.com/shop/failed"),
    manual_review(successful = false, failed = true),
    checks(aml = false, liveness = true),
    verdict(default = review, outside = reject),
    reverify(every = 5y),
)]
pub(crate) struct AgeGate {
    pub(crate) client_id: ClientId,
    pub(crate) date_of_birth: Date,
    pub(crate) locale: Option<Locale>,
}

/// A policy of a file that compliance writes. The struct is the program's own, and must agree with the file's `client`.
#[derive(Policy)]
#[policy(file = "../../policies/eu-onboarding.yaml")]
pub(crate) struct Onboarding {
    pub(crate) client_id: ClientId,
    pub(crate) first_name: Option<PersonName>,
    pub(crate) last_name: PersonName,
    pub(crate) date_of_birth: Date,
    pub(crate) document_country: Option<Personal<Country>>,
    pub(crate) locale: Option<Locale>,
    pub(crate) external_ref: Option<ExternalRef>,
}

// All files of a folder, each with a struct that is written for us: `shipped::DriverRental` and so on.
kyc::policies!(pub(crate) mod shipped = "../../policies");

/// A policy without a struct, for those who issue by name.
pub(crate) const STAFF: &Policy = kyc::policy! {
    name = "staff",
    countries = [EEA],
    documents = [PASSPORT, ID_CARD],
    client(require = [name, date_of_birth]),
};
