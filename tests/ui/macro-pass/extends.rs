//! Policies that extend a file are the same policies spelled out.

use kyc::{ClientId, Date, Locale, Policy, TypedPolicy, policy};

kyc::policies!(mod folder = "policies/extends");

#[derive(Policy)]
#[policy(file = "policies/extends/shop.yaml")]
struct Shop {
    client_id: ClientId,
    date_of_birth: Date,
    locale: Locale,
}

#[derive(Policy)]
#[policy(
    set = "policies/extends",
    name = "club",
    extends = baseline,
    age(min = 16),
    minors(rationale = "Youth accounts with consent of a parent."),
    loosen(age(reason = "Youth accounts.", until = "2999-12-31")),
)]
struct Club {
    client_id: ClientId,
    date_of_birth: Date,
}

const SPELLED_OUT: &kyc::Policy = policy! {
    name = "shop",
    countries = [EEA, CH],
    documents = [PASSPORT, ID_CARD],
    age(min = 21),
    checks(aml = true, liveness = true),
    client(require = [date_of_birth, locale]),
};

fn main() {
    assert_eq!(Shop::POLICY.digest(), SPELLED_OUT.digest());
    assert_eq!(folder::Shop::POLICY.document_digest(), Shop::POLICY.document_digest());
    assert_ne!(Shop::POLICY.document_digest(), SPELLED_OUT.document_digest());
    let governance = &Club::POLICY.governance().special;
    assert_eq!(governance.extends.as_deref(), Some("baseline"));
    let allowed: Vec<_> = governance.loosen.iter().map(|one| (&*one.key, &*one.reason)).collect();
    assert_eq!(allowed, [("age", "Youth accounts.")]);
    // The fields are all that the caller brings.
    assert!(!Club::POLICY.takes(kyc::ClientField::Locale));
    let _ = Club { client_id: "c-1".parse().unwrap(), date_of_birth: "1990-05-15".parse().unwrap() };
}
