//! Outcomes that are unknown, and how they are found out.

use std::time::Duration;

use kyc_ledger::State;
use kyc_sandbox::Scenario;

use super::world::{Mood, SLOW, World, about, options};
use crate::engine::{Code, EngineOptions, ReconcileOptions};

#[tokio::test]
async fn a_session_whose_answer_broke_is_found_and_paid_for_again_only_when_told() {
    for scenario in [Scenario::Reset, Scenario::Garbage, Scenario::Huge] {
        let world = World::new().await;
        world.vendor_is(Mood::As(scenario));
        let problem = world.issue("k-1", "u-1").await.unwrap_err();
        assert_eq!(problem.code(), Code::VendorOutcomeUnknown, "{scenario}: {problem}");
        assert!(problem.retry_after_seconds().is_some());
        let session = world.session_of("u-1").await;
        assert_eq!(session.state, State::Unknown);

        // That it is unknown is the answer, and nobody else may ask for this client.
        world.vendor_is(Mood::As(Scenario::Normal));
        let again = world.issue("k-1", "u-1").await.unwrap_err();
        assert_eq!((again.code(), about(&again)), (Code::VendorOutcomeUnknown, session.id));
        assert_eq!(world.issue("k-2", "u-1").await.unwrap_err().code(), Code::ClientBusy);
        assert_eq!(world.sent(), 1);

        world.find_out().await;
        let found = world.session_of("u-1").await;
        assert_eq!(found.state, State::IssuedTokenLost, "{scenario}");
        assert!(world.agrees_about("u-1").await, "{scenario}");
        let lost = world.issue("k-1", "u-1").await.unwrap_err();
        assert_eq!((lost.code(), about(&lost)), (Code::SessionLost, session.id));
        assert_eq!(world.sent(), 1);

        let reply = world.ask("open", "k-1", "u-1", true).await.unwrap();
        assert_ne!(reply.session_id, session.id);
        assert_eq!(world.sent(), 2);
        assert!(world.agrees_about("u-1").await, "{scenario}");
    }
}

#[tokio::test]
async fn a_session_of_a_vendor_that_was_too_slow_is_found() {
    let world = World::with(EngineOptions { deadline: SLOW / 2, ..options() }, 1_000_000).await;
    world.vendor_is(Mood::As(Scenario::Slow));
    for client in (0..).map(|index| format!("u-{index}")) {
        let problem = world.issue(&client, &client).await.unwrap_err();
        // On a busy machine nobody waits any more when the call is given up, or there was no time to send anything.
        let codes = [Code::VendorOutcomeUnknown, Code::InProgress, Code::VendorUnreachable];
        assert!(codes.contains(&problem.code()), "{problem}");
        let state = world.settled(&client).await;
        if state == State::Refused {
            continue;
        }
        assert_eq!(state, State::Unknown);
        world.find_out().await;
        assert_eq!(world.session_of(&client).await.state, State::IssuedTokenLost);
        assert!(world.agrees_about(&client).await);
        return;
    }
}

#[tokio::test]
async fn where_there_is_no_session_the_key_may_try_again() {
    let world = World::new().await;
    world.vendor_is(Mood::As(Scenario::ServerError));
    assert_eq!(world.issue("k-1", "u-1").await.unwrap_err().code(), Code::VendorOutcomeUnknown);
    world.find_out().await;
    assert_eq!(world.session_of("u-1").await.state, State::Absent);
    world.vendor_is(Mood::As(Scenario::Normal));
    assert!(!world.issue("k-1", "u-1").await.unwrap().replayed);
    assert!(world.agrees_about("u-1").await);
}

#[tokio::test]
async fn sessions_that_are_known_are_not_taken_for_it() {
    let world = World::new().await;
    // More than one page of the vendor's list.
    for index in 0..120 {
        world.issue(&format!("k-{index}"), "u-1").await.unwrap();
    }
    world.vendor_is(Mood::As(Scenario::Garbage));
    world.issue("k-x", "u-1").await.unwrap_err();
    world.find_out().await;
    assert_eq!(world.sessions_of("u-1").await.first().unwrap().state, State::IssuedTokenLost);
    world.vendor_is(Mood::As(Scenario::ServerError));
    world.issue("k-y", "u-1").await.unwrap_err();
    world.find_out().await;
    assert_eq!(world.sessions_of("u-1").await.first().unwrap().state, State::Absent);
}

#[tokio::test]
async fn several_new_sessions_are_for_a_human() {
    let world = World::new().await;
    world.vendor_is(Mood::As(Scenario::Garbage));
    world.issue("k-1", "u-1").await.unwrap_err();
    // Made by somebody else in the meantime.
    world.buy_elsewhere("u-1").await;
    world.find_out().await;
    assert_eq!(world.session_of("u-1").await.state, State::Ambiguous);
    world.vendor_is(Mood::As(Scenario::Normal));
    assert_eq!(world.issue("k-1", "u-1").await.unwrap_err().code(), Code::SessionAmbiguous);
    assert_eq!(world.ask("open", "k-1", "u-1", true).await.unwrap_err().code(), Code::SessionAmbiguous);
    assert_eq!(world.sent(), 1);
}

#[tokio::test]
async fn what_has_just_become_unknown_is_left_alone() {
    let reconcile = ReconcileOptions { quiet: Duration::from_hours(1), ..options().reconcile };
    let world = World::with(EngineOptions { reconcile, ..options() }, 1_000_000).await;
    world.vendor_is(Mood::As(Scenario::Garbage));
    let problem = world.issue("k-1", "u-1").await.unwrap_err();
    assert!(problem.retry_after_seconds().unwrap() > 3500);
    world.find_out().await;
    assert_eq!(world.session_of("u-1").await.state, State::Unknown);
}

#[tokio::test]
async fn nothing_is_concluded_from_a_list_that_cannot_be_read() {
    let world = World::new().await;
    world.vendor_is(Mood::As(Scenario::Reset));
    world.issue("k-1", "u-1").await.unwrap_err();
    world.lists_are(Scenario::Garbage);
    world.find_out().await;
    assert_eq!(world.session_of("u-1").await.state, State::Unknown);
}

#[tokio::test]
async fn rounds_are_made_by_themselves() {
    let every = Duration::from_millis(20);
    let reconcile = ReconcileOptions { every, ..options().reconcile };
    let world = World::with(EngineOptions { reconcile, ..options() }, 1_000_000).await;
    world.engine.start();
    world.vendor_is(Mood::As(Scenario::Garbage));
    world.issue("k-1", "u-1").await.unwrap_err();
    while world.session_of("u-1").await.state == State::Unknown {
        tokio::time::sleep(every).await;
    }
    assert_eq!(world.session_of("u-1").await.state, State::IssuedTokenLost);
    assert_eq!(world.engine.stop(Duration::from_secs(20)).await, 0);
}
