//! A request to try the service with, for a policy of the folder and somebody whom it takes.

use jiff::{Timestamp, ToSpan};
use kyc_policy::{Client, ClientField, ClientInput, Policy, merge};
use serde_json::{Map, Value};

use crate::engine::PolicySet;

/// The policy that people know from the documents.
const KNOWN: &str = "eu-onboarding";
/// More policies than this are not tried.
const TRIED: usize = 100;

/// A request that a policy takes as it is.
#[derive(Debug)]
pub struct Example {
    /// The policy's name.
    pub policy: String,
    /// Made-up data of a client, as JSON.
    pub body: String,
}

/// An example for one of the policies, if one of the first can be served with made-up data.
pub fn example(set: &PolicySet, now: Timestamp) -> Option<Example> {
    let registry = set.registry();
    let known = registry.get(KNOWN);
    let mut tried = known.into_iter().chain(registry.iter().take(TRIED));
    tried.find_map(|policy| of(policy, now))
}

fn of(policy: &Policy, now: Timestamp) -> Option<Example> {
    let mut fields: Vec<ClientField> = policy.required_fields().iter().collect();
    fields.push(ClientField::ClientId);
    if policy.requires_name() {
        fields.extend([ClientField::FirstName, ClientField::LastName]);
    }
    fields.sort_unstable();
    fields.dedup();
    let mut input = ClientInput::default();
    let mut body = Map::new();
    for field in fields {
        let value = made_up(field, policy, now)?;
        input.text(field.as_str(), &value);
        body.insert(field.as_str().to_owned(), Value::String(value));
    }
    merge(policy, Client::read(&input), now).ok()?;
    Some(Example { policy: policy.name().to_owned(), body: Value::Object(body).to_string() })
}

/// A value of nobody's.
fn made_up(field: ClientField, policy: &Policy, now: Timestamp) -> Option<String> {
    let in_years = |years: i64| {
        let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
        today.checked_add(years.years()).ok().map(|day| day.to_string())
    };
    let country = || policy.countries().iter().next().map(|country| country.code().to_owned());
    match field {
        ClientField::ClientId => Some("user-123".to_owned()),
        ClientField::ExternalRef => Some("order-1".to_owned()),
        ClientField::FirstName => Some("John".to_owned()),
        ClientField::LastName => Some("Doe".to_owned()),
        ClientField::DateOfBirth => in_years(-40),
        ClientField::Nationality | ClientField::DocumentCountry => country(),
        ClientField::DocumentNumber => Some("X1234567".to_owned()),
        ClientField::PersonalNumber => Some("39001010000".to_owned()),
        ClientField::Sex => Some("M".to_owned()),
        ClientField::DateOfExpiry => in_years(5),
        ClientField::DateOfIssue => in_years(-1),
        ClientField::Address => Some("1 Example Street".to_owned()),
        ClientField::Locale => Some("en".to_owned()),
        ClientField::StepData => None,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use kyc::Registry;

    use super::*;

    #[test]
    fn the_shipped_policies_have_an_example_and_nearly_each_has_one() {
        let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies"));
        let registry = Registry::open(folder).unwrap();
        let now = Timestamp::now();
        let without: Vec<_> =
            registry.iter().filter(|policy| of(policy, now).is_none()).map(|policy| policy.name()).collect();
        assert!(without.is_empty(), "no example for {without:?}");
        let example = example(&PolicySet::new(registry, kyc_policy::PolicySet::empty()), now).unwrap();
        assert_eq!(example.policy, "eu-onboarding");
        assert!(example.body.starts_with(r#"{"client_id":"user-123""#), "{}", example.body);
    }

    #[test]
    fn without_policies_there_is_none() {
        assert!(
            example(&PolicySet::new(Registry::default(), kyc_policy::PolicySet::empty()), Timestamp::now())
                .is_none()
        );
    }
}
