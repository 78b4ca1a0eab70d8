//! A client as a struct and a client as a document: the same requests, under the same policies.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use kyc::core::Personal;
use kyc::policy::merge;
use kyc::vendor::Client as Vendor;
use kyc::{ApiKey, ApiSecret, Client, ClientInput, IssueError, Issuer, Policy, Registry, TypedPolicy};
use kyc_sandbox::Sandbox;
use kyc_tests::now;

kyc::policies!(mod shipped = "../policies");

/// The same policy as the generated struct has, in a struct of one's own.
#[derive(Policy)]
#[policy(file = "../policies/eu-onboarding.yaml")]
struct Onboarding {
    client_id: kyc::ClientId,
    last_name: kyc::PersonName,
    date_of_birth: kyc::Date,
    document_country: Option<Personal<kyc::Country>>,
    locale: Option<kyc::Locale>,
    external_ref: Option<kyc::ExternalRef>,
}

const POLICIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../policies");

fn issuer(registry: Registry, base_url: &str) -> Issuer {
    let vendor = Vendor::builder(ApiKey::new("key").unwrap(), ApiSecret::new("secret").unwrap());
    Issuer::new(registry, vendor.base_url(base_url).build().unwrap())
}

/// Issues for both clients, and compares what arrived and what was told. The policy's name.
async fn compare<P: TypedPolicy>(typed: impl Fn() -> P, fields: &[(&str, &str)]) -> &'static str {
    let sandbox = Sandbox::builder().credentials("key", "secret").build().start().await.unwrap();
    let issuer = issuer(Registry::open(POLICIES).unwrap(), sandbox.base_url());
    let mut input = ClientInput::default();
    for (key, value) in fields {
        input.text(*key, *value);
    }
    let name = P::POLICY.name();

    let of_struct = issuer.issue(typed()).await.unwrap();
    let by_name = issuer.issue_by_name(name, Client::read(&input)).await.unwrap();
    assert_eq!(of_struct.policy.digest, by_name.policy.digest, "{name}");
    let received = sandbox.received();
    let [first, second] = received.as_slice() else { panic!("{name}: {} requests", received.len()) };
    assert_eq!((&first.path, &first.body), (&second.path, &second.body), "{name}");

    let loaded = issuer.registry().policy(name).unwrap();
    let bytes = |policy: &Policy, client| merge(policy, client, now()).unwrap().request().to_wire().to_vec();
    assert_eq!(bytes(P::POLICY, typed().into_client()), bytes(loaded, Client::read(&input)), "{name}");
    assert_eq!(P::POLICY.sections(), loaded.sections(), "{name}");
    sandbox.shutdown().await;
    name
}

#[tokio::test]
async fn a_struct_and_a_document_become_the_same_request_under_each_shipped_policy() {
    let id = || kyc::ClientId::new("user-1").unwrap();
    let name = |name: &str| kyc::PersonName::new(name).unwrap();
    let date = |date: &str| date.parse::<kyc::Date>().unwrap();
    let country = |code: &str| Personal::new(code.parse::<kyc::Country>().unwrap());
    let locale = || Some(kyc::Locale::new("lt").unwrap());
    let reference = || kyc::ExternalRef::new("order-7").unwrap();
    let number = || Some(kyc::DocumentNumber::new("AB 123").unwrap());
    let compared = [
        compare(
            || shipped::Age21Sale { client_id: id(), date_of_birth: date("1990-05-15"), locale: locale() },
            &[("client_id", "user-1"), ("date_of_birth", "1990-05-15"), ("locale", "lt")],
        )
        .await,
        compare(
            || shipped::CryptoHighRisk {
                client_id: id(),
                external_ref: reference(),
                first_name: Some(name("Žygimantas")),
                last_name: Some(name("Doe")),
                date_of_birth: date("1990-05-15"),
                nationality: country("LT"),
                address: kyc::Address::new("Gedimino pr. 1, Vilnius").unwrap(),
                document_country: country("LT"),
                locale: None,
            },
            &[
                ("client_id", "user-1"),
                ("external_ref", "order-7"),
                ("first_name", "Žygimantas"),
                ("last_name", "Doe"),
                ("date_of_birth", "1990-05-15"),
                ("nationality", "LT"),
                ("address", "Gedimino pr. 1, Vilnius"),
                ("document_country", "LT"),
            ],
        )
        .await,
        compare(
            || shipped::DocumentRecheck {
                client_id: id(),
                first_name: Some(name("Anna")),
                last_name: None,
                date_of_birth: date("1990-05-15"),
                document_number: number(),
                date_of_expiry: Some(date("2031-01-31")),
                document_country: None,
                locale: None,
            },
            &[
                ("client_id", "user-1"),
                ("first_name", "Anna"),
                ("date_of_birth", "1990-05-15"),
                ("document_number", "AB 123"),
                ("date_of_expiry", "2031-01-31"),
            ],
        )
        .await,
        compare(
            || shipped::DriverRental {
                client_id: id(),
                first_name: None,
                last_name: Some(name("Doe")),
                date_of_birth: date("1990-05-15"),
                document_number: number(),
                date_of_expiry: None,
                document_country: country("LT"),
                locale: locale(),
            },
            &[
                ("client_id", "user-1"),
                ("last_name", "Doe"),
                ("date_of_birth", "1990-05-15"),
                ("document_number", "AB 123"),
                ("document_country", "LT"),
                ("locale", "lt"),
            ],
        )
        .await,
        compare(
            || shipped::EuOnboarding {
                client_id: id(),
                external_ref: Some(reference()),
                first_name: Some(name("Anna")),
                last_name: Some(name("Doe")),
                date_of_birth: date("1990-05-15"),
                document_country: Some(country("LT")),
                locale: locale(),
            },
            &[
                ("client_id", "user-1"),
                ("external_ref", "order-7"),
                ("first_name", "Anna"),
                ("last_name", "Doe"),
                ("date_of_birth", "1990-05-15"),
                ("document_country", "LT"),
                ("locale", "lt"),
            ],
        )
        .await,
        compare(
            || shipped::IframeKiosk {
                client_id: id(),
                external_ref: None,
                first_name: Some(name("Anna")),
                last_name: Some(name("Doe")),
                date_of_birth: date("1990-05-15"),
                document_country: None,
            },
            &[
                ("client_id", "user-1"),
                ("first_name", "Anna"),
                ("last_name", "Doe"),
                ("date_of_birth", "1990-05-15"),
            ],
        )
        .await,
    ];
    assert_eq!(compared.as_slice(), shipped::ALL.iter().map(|policy| policy.name()).collect::<Vec<_>>());

    compare(
        || Onboarding {
            client_id: id(),
            last_name: name("Doe"),
            date_of_birth: date("1990-05-15"),
            document_country: None,
            locale: None,
            external_ref: None,
        },
        &[("client_id", "user-1"), ("last_name", "Doe"), ("date_of_birth", "1990-05-15")],
    )
    .await;
}

/// What a registry can hold under the name of a policy that was compiled in.
const OTHER: &Policy = kyc::policy! {
    name = "eu-onboarding",
    countries = [LT],
    documents = [PASSPORT],
    client(require = [name, date_of_birth], accept = [document_country, locale, external_ref]),
};

#[tokio::test]
async fn under_a_registry_with_another_policy_of_the_name_nothing_is_sent_unless_allowed() {
    let client = || Onboarding {
        client_id: kyc::ClientId::new("user-1").unwrap(),
        last_name: kyc::PersonName::new("Jonaitis").unwrap(),
        date_of_birth: kyc::Date::new(1990, 5, 15).unwrap(),
        document_country: None,
        locale: None,
        external_ref: None,
    };
    let sandbox = Sandbox::builder().credentials("key", "secret").build().start().await.unwrap();
    let other = issuer([OTHER].into_iter().collect(), sandbox.base_url());
    let refused = other.issue(client()).await.unwrap_err();
    let IssueError::Differing { policy, compiled, loaded } = &refused else { panic!("{refused}") };
    assert_eq!(policy, "eu-onboarding");
    assert_eq!((*compiled, *loaded), (Onboarding::POLICY.digest(), OTHER.digest()));
    assert_eq!(sandbox.received().len(), 0);

    let allowed = other.allow_differing().issue(client()).await.unwrap();
    assert_eq!(allowed.policy.digest, Onboarding::POLICY.digest());
    // A registry that does not hold the name has nothing to say about it.
    let empty = issuer(Registry::default(), sandbox.base_url());
    assert_eq!(empty.issue(client()).await.unwrap().policy.digest, Onboarding::POLICY.digest());
    assert_eq!(sandbox.received().len(), 2);
    sandbox.shutdown().await;
}
