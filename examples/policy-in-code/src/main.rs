//! Policies that the Rust compiler checks.
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use kyc::{ClientId, Date, Locale, PersonName, Policy, TypedPolicy};

#[derive(Policy)]
#[policy(
    set = "../../policies",
    name = "age-gate",
    owner = "shop@example.com",
    rationale = "x", legal_basis = "y", description = "z", reverify(every = 5y), review_by = "2027-01-01", risk_tier = low,
    countries = [any, -KP],
    documents = [PASSPORT, ID_CARD, DRIVER_LICENSE],
    age(min = 21),
    token(expires_in = 30m, session_length = 10m),
    manual_review(successful = false, failed = true),
    checks(aml = false, liveness = true),
    verdict(default = review, outside = reject),
)]
struct AgeGate {
    client_id: ClientId,
    date_of_birth: Date,
    locale: Option<Locale>,
}

#[derive(Policy)]
#[policy(file = "../../policies/eu-onboarding.yaml")]
struct Onboarding {
    client_id: ClientId,
    external_ref: Option<kyc::ExternalRef>,
    first_name: Option<PersonName>,
    last_name: PersonName,
    date_of_birth: Date,
    document_country: Option<kyc::Personal<kyc::Country>>,
    locale: Option<Locale>,
}

kyc::policies!(mod shipped = "../../policies");

const TINY: &Policy = kyc::policy! { name = "tiny", countries = [LT], documents = any };

fn main() {
    println!("{} {}", AgeGate::POLICY.name(), AgeGate::POLICY.digest());
    println!("{} {}", Onboarding::POLICY.name(), Onboarding::POLICY.digest());
    println!("{} {}", TINY.name(), TINY.digest());
    println!("{}", shipped::ALL.len());
}
