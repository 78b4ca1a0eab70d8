//! What a caller gets for one request, and for the same request again.

use kyc_ledger::{EraseReason, Scope, SessionId, State};
use kyc_policy::ClientInput;
use kyc_sandbox::Scenario;

use super::world::{Mood, World, about, data, id, idempotency, options};
use crate::engine::testing::policy;
use crate::engine::{Caller, Code, EngineOptions, PolicySet, Problem};

#[tokio::test]
async fn the_same_request_gets_the_same_token_and_one_session_is_bought() {
    let world = World::new().await;
    let first = world.issue("k-1", "u-1").await.unwrap();
    assert!(!first.replayed);
    for _ in 0..3 {
        let again = world.issue("k-1", "u-1").await.unwrap();
        assert!(again.replayed);
        assert_eq!(again.session_id, first.session_id);
        assert_eq!(again.policy, first.policy);
        assert_eq!(again.token.auth_token.expose_secret(), first.token.auth_token.expose_secret());
        assert_eq!(again.token.redirect_url.expose_secret(), first.token.redirect_url.expose_secret());
        assert_eq!(again.token.expires_at.as_millisecond(), first.token.expires_at.as_millisecond());
    }
    assert_eq!(world.sent(), 1);
    assert!(world.agrees_about("u-1").await);
    let session = world.session_of("u-1").await;
    assert_eq!((session.state, session.scan_ref), (State::Issued, Some(first.token.scan_ref)));
}

#[tokio::test]
async fn the_session_is_the_reference_where_the_caller_gives_none() {
    let world = World::new().await;
    let reply = world.issue("k-1", "u-1").await.unwrap();
    let mut given = data("u-2");
    given.text("external_ref", "order-7");
    world.engine.issue(&world.caller, "open", &idempotency("k-2"), given, false).await.unwrap();
    let references: Vec<_> =
        world.vendor.received().iter().map(|request| request.body["externalRef"].clone()).collect();
    assert_eq!(references, [reply.session_id.to_string().as_str(), "order-7"]);
}

#[tokio::test]
async fn a_key_means_one_request() {
    let world = World::new().await;
    world.issue("k-1", "u-1").await.unwrap();
    for (policy, client) in [("open", "u-2"), ("strict", "u-1")] {
        let problem = world.ask(policy, "k-1", client, false).await.unwrap_err();
        assert_eq!(problem.code(), Code::IdempotencyKeyReused);
    }
    // A field without a value says nothing, and keys are each caller's own.
    let mut same = ClientInput::default();
    same.push("last_name".to_owned(), kyc_policy::InputValue::Other("null"));
    same.append(data("u-1"));
    assert!(
        world.engine.issue(&world.caller, "open", &idempotency("k-1"), same, false).await.unwrap().replayed
    );
    let other = Caller { id: "other".parse().unwrap(), ..world.caller.clone() };
    let reply = world.engine.issue(&other, "open", &idempotency("k-1"), data("u-9"), false).await.unwrap();
    assert!(!reply.replayed);
    assert_eq!(world.sent(), 2);
}

#[tokio::test]
async fn mistakes_are_told_all_at_once_and_nothing_is_sent() {
    let world = World::new().await;
    let mut wrong = data("ž");
    wrong.text("last_name", "D0e");
    wrong.text("firstname", "Zelda");
    wrong.text("Zelda", "first_name");
    let problem =
        world.engine.issue(&world.caller, "open", &idempotency("k-1"), wrong, false).await.unwrap_err();
    assert_eq!(problem.code(), Code::ClientDataInvalid);
    let pointers: Vec<_> = problem.violations().iter().map(|one| one.pointer.as_str()).collect();
    assert_eq!(pointers.len(), 4, "{pointers:?}");
    for pointer in ["/client_id", "/last_name", "/firstname", ""] {
        assert!(pointers.contains(&pointer), "{pointers:?}");
    }
    let text = format!("{problem:?}");
    assert!(["D0e", "Zelda", "ž"].iter().all(|value| !text.contains(value)), "{text}");
    assert_eq!(world.sent(), 0);
    // The key is free.
    assert!(!world.issue("k-1", "u-1").await.unwrap().replayed);
}

#[tokio::test]
async fn an_answer_outlives_the_policy_that_it_was_given_under() {
    let world = World::new().await;
    let first = world.issue("k-1", "u-1").await.unwrap();
    let stricter = policy("open", "countries: any\ndocuments: any\nclient: { require: [date_of_birth] }\n");
    let set = PolicySet::new([stricter].into_iter().collect(), kyc_policy::PolicySet::empty());
    world.engine.replace(set);
    let again = world.issue("k-1", "u-1").await.unwrap();
    assert_eq!((again.session_id, again.replayed), (first.session_id, true));
    assert_eq!(again.policy, first.policy);
    assert_eq!(world.issue("k-2", "u-1").await.unwrap_err().code(), Code::ClientDataInvalid);
    assert_eq!(world.issue("k-1", "u-2").await.unwrap_err().code(), Code::ClientDataInvalid);
}

/// What the first request is told, and what the ledger says of it afterwards.
const fn expected(scenario: Scenario) -> (Option<Code>, State) {
    match scenario {
        Scenario::Normal
        | Scenario::RateLimitedOnce
        | Scenario::Slow
        | Scenario::Legacy
        | Scenario::NullDigits
        | Scenario::UnknownFields
        | Scenario::Production
        | Scenario::Archived => (None, State::Issued),
        Scenario::RateLimited | Scenario::RateLimitedRetryAfter => (Some(Code::VendorBusy), State::Refused),
        Scenario::InsufficientFunds
        | Scenario::TokenLimit
        | Scenario::Unauthorized
        | Scenario::Forbidden
        | Scenario::Conflict
        | Scenario::Redirect
        | Scenario::LegacyError
        | Scenario::CodeError => (Some(Code::VendorRefused), State::Refused),
        Scenario::ServerError | Scenario::Reset | Scenario::Garbage | Scenario::Huge => {
            (Some(Code::VendorOutcomeUnknown), State::Unknown)
        }
        Scenario::Weaker => (Some(Code::SessionWeaker), State::IssuedTokenLost),
    }
}

#[tokio::test]
async fn each_way_of_the_vendor_has_its_answer_and_its_twin_the_same() {
    for scenario in Scenario::ALL {
        let world = World::with(EngineOptions { retry_percent: 1, ..options() }, 1_000_000).await;
        world.vendor_is(Mood::As(*scenario));
        let result = world.ask("strict", "k-1", "u-1", false).await;
        let (code, state) = expected(*scenario);
        assert_eq!(result.as_ref().err().map(Problem::code), code, "{scenario}");
        let session = world.session_of("u-1").await;
        assert_eq!(session.state, state, "{scenario}");
        let told = world.engine.parts.answer(&session, &world.caller).await;
        assert_eq!(told.as_ref().err().map(Problem::code), code, "{scenario}");
        for problem in [result.err(), told.err()].into_iter().flatten() {
            assert_eq!(about(&problem), session.id, "{scenario}");
            assert!(!problem.detail().ends_with('.'), "{scenario}: {problem}");
        }
    }
}

#[tokio::test]
async fn a_refusal_is_told_and_the_key_may_try_again() {
    for (scenario, code, status) in [
        (Scenario::InsufficientFunds, Code::VendorRefused, Some(402)),
        (Scenario::Unauthorized, Code::VendorRefused, Some(401)),
        (Scenario::Forbidden, Code::VendorRefused, Some(403)),
        (Scenario::TokenLimit, Code::VendorRefused, Some(400)),
        (Scenario::Conflict, Code::VendorRefused, Some(409)),
        (Scenario::LegacyError, Code::VendorRefused, Some(400)),
        (Scenario::CodeError, Code::VendorRefused, Some(402)),
        (Scenario::Redirect, Code::VendorRefused, Some(307)),
        (Scenario::RateLimited, Code::VendorBusy, Some(429)),
    ] {
        let world = World::new().await;
        world.vendor_is(Mood::As(scenario));
        let problem = world.issue("k-1", "u-1").await.unwrap_err();
        assert_eq!(problem.code(), code, "{scenario}: {problem}");
        let session = world.session_of("u-1").await;
        assert_eq!(about(&problem), session.id);
        assert_eq!(session.state, State::Refused, "{scenario}");
        assert_eq!(session.refusal.unwrap().status, status, "{scenario}");

        world.vendor_is(Mood::As(Scenario::Normal));
        let reply = world.issue("k-1", "u-1").await.unwrap();
        assert!(!reply.replayed);
        assert_ne!(reply.session_id, session.id);
        assert!(world.agrees_about("u-1").await, "{scenario}");
    }
}

#[tokio::test]
async fn nothing_was_sent_to_a_vendor_that_is_not_there() {
    let world = World::new().await;
    world.vendor_is(Mood::Refuses);
    let problem = world.issue("k-1", "u-1").await.unwrap_err();
    assert_eq!(problem.code(), Code::VendorUnreachable);
    assert!(problem.retry_after_seconds().is_some());
    assert_eq!(world.session_of("u-1").await.state, State::Refused);
    world.vendor_is(Mood::As(Scenario::Normal));
    assert!(!world.issue("k-1", "u-1").await.unwrap().replayed);
}

#[tokio::test]
async fn a_weaker_session_is_withheld_and_paid_for_again_only_when_told() {
    let world = World::new().await;
    world.vendor_is(Mood::As(Scenario::Weaker));
    let ask = |reissue| {
        let mut data = data("u-1");
        data.text("date_of_birth", "1990-05-15");
        let key = idempotency("k-1");
        let world = &world;
        async move { world.engine.issue(&world.caller, "strict", &key, data, reissue).await }
    };
    let problem = ask(false).await.unwrap_err();
    assert_eq!(problem.code(), Code::SessionWeaker, "{problem}");
    let session = world.session_of("u-1").await;
    assert_eq!(session.state, State::IssuedTokenLost);
    assert!(world.agrees_about("u-1").await);

    world.vendor_is(Mood::As(Scenario::Normal));
    let again = ask(false).await.unwrap_err();
    assert_eq!((again.code(), about(&again)), (Code::SessionWeaker, session.id));
    assert_eq!(world.sent(), 1);
    let reply = ask(true).await.unwrap();
    assert_eq!(world.sent(), 2);
    assert!(world.agrees_about("u-1").await);
    // Told twice, it is not paid for twice.
    assert_eq!(ask(true).await.unwrap().session_id, reply.session_id);
    assert_eq!(world.sent(), 2);
}

#[tokio::test]
async fn an_open_session_serves_another_key_where_the_policy_says_so() {
    let world = World::new().await;
    let first = world.ask("reusing", "k-1", "u-1", false).await.unwrap();
    let second = world.ask("reusing", "k-2", "u-1", false).await.unwrap();
    assert!(second.replayed);
    assert_eq!(second.session_id, first.session_id);
    assert_eq!(world.sent(), 1);
    assert!(!world.ask("open", "k-3", "u-1", false).await.unwrap().replayed);
    assert!(!world.ask("open", "k-4", "u-1", false).await.unwrap().replayed);
    assert_eq!(world.sent(), 3);
}

#[tokio::test]
async fn a_dry_run_shows_the_body_without_the_person_and_sends_nothing() {
    let world = World::new().await;
    let mut given = data("zelda-7");
    given.text("last_name", "Zelda");
    let shown = world.engine.dry_run(&world.caller, "open", given).await.unwrap();
    assert_eq!((shown.policy.name.as_str(), shown.account.as_str()), ("open", "main"));
    assert!(shown.request.contains("\"lastName\":\"***\""), "{}", shown.request);
    assert!(!format!("{shown:?}").to_lowercase().contains("zelda"));
    assert_eq!(world.sent(), 0);
    assert!(world.sessions_of("zelda-7").await.is_empty());
}

#[tokio::test]
async fn sessions_are_their_callers_own() {
    let world = World::new().await;
    let reply = world.issue("k-1", "u-1").await.unwrap();
    assert_eq!(world.engine.session(&world.caller, reply.session_id).await.unwrap().id, reply.session_id);
    let other = Caller { id: "other".parse().unwrap(), ..world.caller.clone() };
    let not_theirs = world.engine.session(&other, reply.session_id).await.unwrap_err();
    let not_there = world.engine.session(&other, SessionId::new()).await.unwrap_err();
    assert_eq!((not_theirs.code(), not_there.code()), (Code::SessionNotFound, Code::SessionNotFound));
    assert!(world.engine.sessions_of(&other, &id("u-1"), None, 10).await.unwrap().is_empty());
    let erased = world.engine.erase(&other, reply.session_id, EraseReason::Request).await.unwrap_err();
    assert_eq!(erased.code(), Code::SessionNotFound);
}

#[tokio::test]
async fn an_erased_session_stays_known_and_its_key_buys_nothing() {
    let world = World::new().await;
    let reply = world.issue("k-1", "u-1").await.unwrap();
    assert!(world.engine.erase(&world.caller, reply.session_id, EraseReason::Request).await.unwrap().now);
    assert!(!world.engine.erase(&world.caller, reply.session_id, EraseReason::Request).await.unwrap().now);
    let session = world.engine.session(&world.caller, reply.session_id).await.unwrap();
    assert!(session.erased_at.is_some());
    let problem = world.issue("k-1", "u-1").await.unwrap_err();
    assert_eq!((problem.code(), world.sent()), (Code::TokenExpired, 1));
}

#[tokio::test]
async fn a_session_that_must_be_kept_is_not_erased() {
    let world = World::new().await;
    let reply = world.issue("k-1", "u-1").await.unwrap();
    let sources = &mut kyc_policy::SourceMap::default();
    let (shared, _) = kyc_policy::check_set(sources, "_set.yaml", b"retention: { keep: 5y }\n");
    world.engine.replace(PolicySet::new(world.engine.policies().registry().clone(), shared));
    let problem =
        world.engine.erase(&world.caller, reply.session_id, EraseReason::Request).await.unwrap_err();
    assert_eq!(problem.code(), Code::SessionRetained);
    assert!(world.session_of("u-1").await.erased_at.is_none());
}

#[tokio::test]
async fn each_scope_opens_its_own_door() {
    let world = World::new().await;
    let with = |scopes: &[Scope]| Caller { scopes: scopes.to_vec(), ..world.caller.clone() };
    let reply = world.issue("k-1", "u-1").await.unwrap();
    let (reader, issuer) = (with(&[Scope::Read]), with(&[Scope::Issue]));
    let refused = [
        world.engine.issue(&reader, "open", &idempotency("k-2"), data("u-2"), false).await.unwrap_err(),
        world.engine.dry_run(&reader, "open", data("u-2")).await.unwrap_err(),
        world.engine.erase(&reader, reply.session_id, EraseReason::Request).await.unwrap_err(),
        world.engine.session(&issuer, reply.session_id).await.unwrap_err(),
        world.engine.sessions_of(&issuer, &id("u-1"), None, 10).await.unwrap_err(),
    ];
    assert!(refused.iter().all(|problem| problem.code() == Code::Forbidden));
    assert_eq!(world.sent(), 1);
}
