//! The whole life of a session, against the stand-in for the vendor.

use std::time::Duration;

use kyc_client::{Client, DummyStatus, Error, RefusalKind};
use kyc_core::{
    ApiKey, ApiSecret, ClientId, DataField, DocumentResult, EncodedSettings, FaceResult, Page, PersonName,
    PersonalText, ScanRef, SessionStatus, Settings, TokenRequest,
};
use kyc_sandbox::{Running, Sandbox, Scenario};
use serde_json::Value;

async fn start(scenario: Scenario) -> (Running, Client) {
    let running = Sandbox::builder().scenario(scenario).build().start().await.unwrap();
    let client =
        Client::builder(ApiKey::new("sandbox-key").unwrap(), ApiSecret::new("sandbox-secret").unwrap())
            .base_url(running.base_url())
            .pauses(Duration::from_millis(1), Duration::from_millis(4))
            .build()
            .unwrap();
    (running, client)
}

fn client_id() -> ClientId {
    ClientId::new("user 1&page=9").unwrap()
}

fn request() -> TokenRequest {
    TokenRequest::new(EncodedSettings::new(&Settings::default()), client_id())
}

async fn create(client: &Client) -> ScanRef {
    let mut request = request();
    request.person.first_name = Some(PersonName::new("Zelda").unwrap());
    let token = client.create_token(&request).await.unwrap();
    token.scan_ref
}

/// A session that ends as soon as it is created.
async fn dummy(client: &Client, status: DummyStatus) -> ScanRef {
    let mut request = request();
    request.person.first_name = Some(PersonName::new("Zelda").unwrap());
    let token = client.create_dummy_token(&request, status).await.unwrap();
    assert!(DummyStatus::is_confirmed_by(&token));
    token.scan_ref
}

#[tokio::test]
async fn a_session_is_asked_about_listed_and_deleted() {
    let (running, client) = start(Scenario::Normal).await;
    let scan_ref = create(&client).await;

    let state = client.status(&scan_ref).await.unwrap();
    assert_eq!((&state.scan_ref, &state.status), (&scan_ref, &SessionStatus::Active));
    assert_eq!((state.manual_face, state.manual_document), (None, None));
    let data = client.data(&scan_ref).await.unwrap();
    assert_eq!(data.client_id.as_ref().map(PersonalText::expose), Some(client_id().expose()));
    assert!(data.text(DataField::DocFirstName).is_none() && data.unusable().is_empty());

    let error = client.delete(&scan_ref).await.unwrap_err();
    assert!(
        matches!(&error, Error::Refused(refusal) if refusal.kind() == RefusalKind::TokenAlive),
        "{error}"
    );
    running.advance(Duration::from_hours(30 * 24));
    assert_eq!(client.status(&scan_ref).await.unwrap().status, SessionStatus::Expired);
    client.delete(&scan_ref).await.unwrap();
    assert_eq!(client.status(&scan_ref).await.unwrap().status, SessionStatus::ExpiredDeleted);

    let approved = dummy(&client, DummyStatus::Approved).await;
    client.delete(&approved).await.unwrap();
    assert_eq!(client.status(&approved).await.unwrap().status, SessionStatus::Deleted);
    assert!(client.data(&approved).await.unwrap().text(DataField::DocFirstName).is_none());
    let list = client.identifications(&client_id(), Page::FIRST).await.unwrap();
    let statuses: Vec<_> = list.results.into_iter().map(|row| row.status.unwrap()).collect();
    assert_eq!(statuses, [SessionStatus::Deleted, SessionStatus::ExpiredDeleted]);
    running.shutdown().await;

    let (running, client) = start(Scenario::Archived).await;
    let archived = dummy(&client, DummyStatus::Denied).await;
    assert_eq!(client.status(&archived).await.unwrap().status, SessionStatus::Archived);
    running.shutdown().await;
}

#[tokio::test]
async fn each_outcome_is_read() {
    use DummyStatus as D;
    let (running, client) = start(Scenario::UnknownFields).await;
    for (dummy_status, status, document, face, tags) in [
        (D::Approved, SessionStatus::Approved, Some(DocumentResult::Validated), Some(FaceResult::Match), 0),
        (D::Denied, SessionStatus::Denied, Some(DocumentResult::Validated), Some(FaceResult::Mismatch), 0),
        (D::Suspected, SessionStatus::Suspected, Some(DocumentResult::Validated), Some(FaceResult::Match), 1),
        (D::Expired, SessionStatus::Expired, None, None, 0),
    ] {
        let scan_ref = dummy(&client, dummy_status).await;
        let state = client.status(&scan_ref).await.unwrap();
        assert_eq!((state.status, state.auto_document), (status, document));
        assert_eq!((state.auto_face, state.mismatch_tags.len()), (face, tags), "{dummy_status}");
        let data = client.data(&scan_ref).await.unwrap();
        let name = data.text(DataField::DocFirstName).map(PersonalText::expose);
        assert_eq!(name, (dummy_status != D::Expired).then_some("ZELDA"));
        assert!(data.unusable().is_empty());
    }
    running.shutdown().await;
}

#[tokio::test]
async fn a_dummy_session_is_refused_in_production_and_never_asked_for_twice() {
    for (scenario, kind, sent, perhaps) in [
        (Scenario::Production, Some(RefusalKind::WrongEnvironment), 1, false),
        (Scenario::RateLimited, Some(RefusalKind::RateLimited), 3, false),
        (Scenario::ServerError, None, 1, true),
        (Scenario::Reset, None, 1, true),
        (Scenario::Garbage, None, 1, true),
    ] {
        let (running, client) = start(scenario).await;
        let error = client.create_dummy_token(&request(), DummyStatus::Approved).await.unwrap_err();
        let refusal = match &error {
            Error::Refused(refusal) => Some(refusal.kind()),
            _ => None,
        };
        assert_eq!((refusal, error.may_have_been_created()), (kind, perhaps), "{scenario} {error}");
        assert_eq!(running.received().len(), sent, "{scenario}");
        running.shutdown().await;
    }
    // A plain session is issued in production, and its answer does not pass for that of a dummy one.
    let (running, client) = start(Scenario::Production).await;
    let token = client.create_token(&request()).await.unwrap();
    assert!(!DummyStatus::is_confirmed_by(&token));
    assert!(running.received().iter().all(|received| received.body.get("dummyStatus").is_none()));
    running.shutdown().await;
    // A slow-down is waited for: nothing was created before it.
    let (running, client) = start(Scenario::RateLimitedOnce).await;
    client.create_dummy_token(&request(), DummyStatus::Denied).await.unwrap();
    let statuses: Vec<_> = running.received().iter().map(|received| received.status).collect();
    assert_eq!(statuses, [Some(429), Some(201)]);
    running.shutdown().await;
}

#[tokio::test]
async fn a_weaker_dummy_session_is_withheld() {
    let (running, client) = start(Scenario::Weaker).await;
    let error = client.create_dummy_token(&request(), DummyStatus::Approved).await.unwrap_err();
    assert!(matches!(error, Error::IssuedWeaker(_)), "{error}");
    running.shutdown().await;
}

#[tokio::test]
async fn a_session_whose_answer_got_lost_is_found_page_by_page() {
    let (running, client) = start(Scenario::Reset).await;
    let error = client.create_token(&request()).await.unwrap_err();
    assert!(error.may_have_been_created());
    running.shutdown().await;

    let (running, client) = start(Scenario::Normal).await;
    let mut created = Vec::new();
    for _ in 0..5 {
        created.insert(0, create(&client).await);
    }
    let mut found = Vec::new();
    let mut next = Some(Page::new(1, 2).unwrap());
    while let Some(page) = next {
        let list = client.identifications(&client_id(), page).await.unwrap();
        assert_eq!((list.count, list.has_previous), (5, page.number() > 1));
        found.extend(list.results.into_iter().map(|row| row.scan_ref));
        next = page.next().filter(|_| list.has_next);
    }
    assert_eq!(found, created);
    let other = ClientId::new("other").unwrap();
    assert_eq!(client.identifications(&other, Page::FIRST).await.unwrap().count, 0);
    running.shutdown().await;
}

#[tokio::test]
async fn an_unknown_session_is_told_from_other_refusals() {
    let (running, client) = start(Scenario::Normal).await;
    // The vendor's references have at most 40 characters; ours may have more.
    for scan_ref in ["s-1".to_owned(), "x".repeat(100)] {
        let scan_ref = ScanRef::new(scan_ref).unwrap();
        for error in [
            client.status(&scan_ref).await.unwrap_err(),
            client.data(&scan_ref).await.unwrap_err(),
            client.delete(&scan_ref).await.unwrap_err(),
        ] {
            let unknown = matches!(&error, Error::Refused(r) if r.kind() == RefusalKind::UnknownSession);
            assert!(unknown, "{error}");
        }
    }
    running.shutdown().await;
}

#[tokio::test]
async fn faults_of_the_vendor_leave_open_what_they_must() {
    for (scenario, asked, deleted, perhaps) in [
        (Scenario::ServerError, 3, 1, true),
        (Scenario::Reset, 3, 1, true),
        (Scenario::RateLimited, 3, 3, false),
        (Scenario::Unauthorized, 1, 1, false),
        (Scenario::Redirect, 1, 1, false),
    ] {
        let (running, client) = start(scenario).await;
        let scan_ref = match scenario {
            // Here the session exists, and only the answers break.
            Scenario::Reset => {
                assert!(client.create_token(&request()).await.is_err());
                running.advance(Duration::from_hours(30 * 24));
                known(&running).await
            }
            _ => ScanRef::new("s-1").unwrap(),
        };
        let before = running.received().len();
        let error = client.status(&scan_ref).await.unwrap_err();
        assert!(!error.may_have_been_created() && !error.may_have_been_deleted(), "{scenario} {error}");
        assert_eq!(running.received().len() - before, asked, "{scenario}");
        let error = client.delete(&scan_ref).await.unwrap_err();
        assert_eq!(error.may_have_been_deleted(), perhaps, "{scenario} {error}");
        assert_eq!(running.received().len() - before - asked, deleted, "{scenario}");
        running.shutdown().await;
    }
}

/// The only session of a stand-in whose answers break, asked for in a way that does not.
async fn known(running: &Running) -> ScanRef {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let list = http
        .get(format!("{}/kyc/identifications/", running.base_url()))
        .basic_auth("sandbox-key", Some("sandbox-secret"))
        .header("x-sandbox-scenario", "normal");
    let body = list.send().await.unwrap().bytes().await.unwrap();
    let list: Value = serde_json::from_slice(&body).unwrap();
    ScanRef::new(list["results"][0]["scanRef"].as_str().unwrap()).unwrap()
}
