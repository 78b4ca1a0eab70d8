//! The whole way over real HTTP: the shipped policies, the issuer, the vendor's stand-in in each of its scenarios.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::time::Duration;

use kyc::core::Echoed;
use kyc::core::wire::WireField;
use kyc::vendor::{Client as Vendor, Error as VendorError};
use kyc::{ApiKey, ApiSecret, Client, ClientInput, IssueError, Issued, Issuer, Registry};
use kyc_sandbox::{Running, Sandbox, Scenario};

const POLICIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../policies");
const KEY: &str = "key-7f3a";
const SECRET: &str = "secret-91bc";

/// What becomes of one call in a scenario.
enum Expected {
    Issued,
    /// The kind of error, the HTTP status, whether a session may exist.
    Failed(&'static str, Option<u16>, bool),
}

/// Every scenario with its outcome and how often the request may reach the vendor.
fn expectation(scenario: Scenario) -> (Expected, usize) {
    use Expected::{Failed, Issued};
    match scenario {
        Scenario::Normal
        | Scenario::Legacy
        | Scenario::NullDigits
        | Scenario::UnknownFields
        | Scenario::Production
        | Scenario::Archived => (Issued, 1),
        Scenario::RateLimitedOnce => (Issued, 2),
        Scenario::RateLimited | Scenario::RateLimitedRetryAfter => (Failed("refused", Some(429), false), 3),
        Scenario::InsufficientFunds | Scenario::CodeError => (Failed("refused", Some(402), false), 1),
        Scenario::TokenLimit | Scenario::LegacyError => (Failed("refused", Some(400), false), 1),
        Scenario::Unauthorized => (Failed("refused", Some(401), false), 1),
        Scenario::Forbidden => (Failed("refused", Some(403), false), 1),
        Scenario::Conflict => (Failed("refused", Some(409), false), 1),
        Scenario::ServerError => (Failed("failed", Some(500), true), 1),
        Scenario::Slow => (Failed("unanswered", None, true), 1),
        Scenario::Reset | Scenario::Garbage | Scenario::Huge => (Failed("unreadable", Some(201), true), 1),
        Scenario::Weaker => (Failed("issued weaker", Some(201), true), 1),
        Scenario::Redirect => (Failed("redirected", Some(307), false), 1),
    }
}

fn kind(error: &VendorError) -> &'static str {
    match error {
        VendorError::Unreachable(_) => "unreachable",
        VendorError::Refused(_) => "refused",
        VendorError::Redirected(_) => "redirected",
        VendorError::Failed(_) => "failed",
        VendorError::Unanswered(_) => "unanswered",
        VendorError::Unreadable(_) => "unreadable",
        VendorError::IssuedWeaker(_) => "issued weaker",
    }
}

async fn start(scenario: Scenario) -> Running {
    let sandbox = Sandbox::builder()
        .credentials(KEY, SECRET)
        .scenario(scenario)
        .slow_delay(Duration::from_mins(1))
        .rate_limited_first(1)
        .build();
    sandbox.start().await.unwrap()
}

fn issuer(base_url: &str) -> Issuer {
    let vendor = Vendor::builder(ApiKey::new(KEY).unwrap(), ApiSecret::new(SECRET).unwrap())
        .base_url(base_url)
        .attempt_timeout(Duration::from_secs(2))
        .deadline(Duration::from_secs(20))
        .pauses(Duration::from_millis(1), Duration::from_millis(5))
        .build()
        .unwrap();
    Issuer::new(Registry::open(POLICIES).unwrap(), vendor)
}

fn client(fields: &[(&str, &str)]) -> Client {
    let mut input = ClientInput::default();
    for (key, value) in fields {
        input.text(*key, *value);
    }
    Client::read(&input)
}

fn john() -> Client {
    client(&[
        ("client_id", "user-123"),
        ("first_name", "Žygimantas"),
        ("last_name", "Doe"),
        ("date_of_birth", "1990-05-15"),
        ("document_country", "LT"),
    ])
}

fn refusal(outcome: Result<Issued, IssueError>) -> VendorError {
    match outcome {
        Err(IssueError::Vendor(error)) => *error,
        other => panic!("expected an error of the vendor, got {other:?}"),
    }
}

#[tokio::test]
async fn every_scenario_has_its_outcome_and_is_sent_no_oftener_than_is_safe() {
    for scenario in Scenario::ALL {
        let sandbox = start(*scenario).await;
        let outcome = issuer(sandbox.base_url()).issue_by_name("eu-onboarding", john()).await;
        let (expected, sent) = expectation(*scenario);
        match (expected, outcome) {
            (Expected::Issued, Ok(issued)) => {
                assert!(
                    issued.redirect_url.expose_secret().contains(issued.auth_token.expose_secret()),
                    "{scenario}"
                );
            }
            (Expected::Failed(expected, status, may_exist), outcome) => {
                let error = refusal(outcome);
                assert_eq!((kind(&error), error.status()), (expected, status), "{scenario}: {error}");
                assert_eq!(error.may_have_been_created(), may_exist, "{scenario}: {error}");
                for value in ["Žygimantas", "ŽYGIMANTAS", "Doe", "DOE", "1990", "user-123", KEY, SECRET] {
                    let shown = format!("{error} {error:?} {}", error.hint());
                    assert!(!shown.contains(value), "{scenario}: {value} in {shown}");
                }
            }
            (Expected::Issued, Err(error)) => panic!("{scenario}: {error}"),
        }
        assert_eq!(sandbox.received().len(), sent, "{scenario}");
        sandbox.shutdown().await;
    }
}

#[tokio::test]
async fn the_answer_carries_policy_digest_and_expiry() {
    let sandbox = start(Scenario::Normal).await;
    let service = issuer(sandbox.base_url());
    let before = jiff::Timestamp::now();
    let issued = service.issue_by_name("eu-onboarding", john()).await.unwrap();
    let policy = service.registry().policy("eu-onboarding").unwrap();
    assert_eq!((issued.policy.name.as_str(), issued.policy.digest), (policy.name(), policy.digest()));
    // What the vendor says is in force is at hand, without a client's value in it.
    assert_eq!(issued.echo.of(WireField::ExpiryTime), Some(&Echoed::Whole(3_600)));
    assert_eq!(issued.echo.of(WireField::CheckAml), Some(&Echoed::Flag(true)));
    assert_eq!(issued.echo.of(WireField::FirstName), Some(&Echoed::Given));
    assert!(issued.allowed_documents.is_some());
    let shown = format!("{issued:?}");
    assert!(!shown.contains("ŽYGIMANTAS") && !shown.contains("app.example.com"), "{shown}");
    let lifetime = issued.expires_at - before;
    assert!(lifetime.get_seconds() >= 3_600 || lifetime.get_minutes() >= 59, "{lifetime}");
    let [received] = sandbox.received().try_into().unwrap();
    assert_eq!(received.body["country"], "LT");
    assert_eq!(received.body["documents"], serde_json::json!(["PASSPORT", "ID_CARD"]));
    sandbox.shutdown().await;
}

#[tokio::test]
async fn nothing_is_sent_when_the_name_or_the_data_is_wrong() {
    let sandbox = start(Scenario::Normal).await;
    let service = issuer(sandbox.base_url());
    let unknown = service.issue_by_name("eu-onbording", john()).await.unwrap_err();
    assert!(
        matches!(&unknown, IssueError::UnknownPolicy(unknown) if unknown.suggestion() == Some("eu-onboarding"))
    );
    let wrong = [
        ("no client id", client(&[("first_name", "John"), ("date_of_birth", "1990-05-15")]), 1),
        ("no name, no birth date", client(&[("client_id", "user-123")]), 2),
        (
            "unexpected",
            client(&[("client_id", "u"), ("last_name", "D"), ("date_of_birth", "1990-05-15"), ("sex", "M")]),
            1,
        ),
        (
            "four at once",
            client(&[
                ("client_id", "ž"),
                ("last_name", "D0e"),
                ("date_of_birth", "2015-01-01"),
                ("document_country", "US"),
            ]),
            4,
        ),
    ];
    for (case, client, expected) in wrong {
        match service.issue_by_name("eu-onboarding", client).await {
            Err(IssueError::Client { problems, .. }) => {
                assert_eq!(problems.len(), expected, "{case}: {problems:?}");
            }
            other => panic!("{case}: {other:?}"),
        }
    }
    assert!(sandbox.received().is_empty());
    sandbox.shutdown().await;
}

#[tokio::test]
async fn wrong_credentials_and_a_closed_door_are_told_apart() {
    let sandbox = start(Scenario::Normal).await;
    let vendor = Vendor::builder(ApiKey::new(KEY).unwrap(), ApiSecret::new("wrong").unwrap())
        .base_url(sandbox.base_url())
        .build()
        .unwrap();
    let stranger = Issuer::new(Registry::open(POLICIES).unwrap(), vendor);
    assert_eq!(refusal(stranger.issue_by_name("eu-onboarding", john()).await).status(), Some(401));
    let address = sandbox.base_url().to_owned();
    sandbox.shutdown().await;
    let unreachable = refusal(issuer(&address).issue_by_name("eu-onboarding", john()).await);
    assert_eq!(kind(&unreachable), "unreachable");
    assert!(unreachable.is_retryable() && !unreachable.may_have_been_created());
}

#[tokio::test]
async fn every_shipped_policy_issues() {
    let sandbox = start(Scenario::Normal).await;
    let service = issuer(sandbox.base_url());
    let serde_json::Value::Object(values) = serde_json::json!({
        "client_id": "user-123",
        "external_ref": "order-7",
        "first_name": "John",
        "last_name": "Doe",
        "date_of_birth": "1990-05-15",
        "nationality": "LT",
        "document_number": "LX12345",
        "personal_number": "39005150000",
        "sex": "M",
        "date_of_expiry": "2199-01-01",
        "date_of_issue": "2020-01-01",
        "address": "Gedimino pr. 1, Vilnius",
        "document_country": "LT",
        "locale": "lt",
        "step_data": { "UTILITY_BILL": { "address": "Gedimino pr. 1, Vilnius" } },
    }) else {
        panic!("the values are an object")
    };
    let policies: Vec<_> = service.registry().iter().cloned().collect();
    assert!(policies.len() >= 6, "{}", policies.len());
    for policy in policies {
        let required = policy.required_fields();
        // Once with as little and once with as much as the policy takes.
        for all in [false, true] {
            let mut fields = values.clone();
            fields.retain(|key, _| {
                let is_in =
                    |fields: kyc::policy::ClientFields| fields.iter().any(|field| field.as_str() == key);
                let is_needed_name = policy.requires_name() && key == "last_name";
                is_in(required) || is_needed_name || (all && is_in(policy.accepted_fields()))
            });
            let shown = format!("{} {:?}", policy.name(), fields.keys().collect::<Vec<_>>());
            let input =
                kyc::policy::read_json(serde_json::Value::Object(fields).to_string().as_bytes()).unwrap();
            let issued = service.issue_by_name(policy.name(), Client::read(&input)).await;
            assert!(issued.is_ok(), "{shown}: {issued:?}");
        }
    }
    sandbox.shutdown().await;
}
