//! Requests that come at once, and callers that go away.

use std::time::Duration;

use futures_util::future::join_all;
use kyc_ledger::State;
use kyc_sandbox::Scenario;
use tokio::time::{Instant, sleep, timeout};

use super::world::{Mood, World, about, options};
use crate::engine::{Code, EngineOptions};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twins_get_one_token_and_one_session_is_bought() {
    let world = World::new().await;
    world.vendor_is(Mood::Held);
    let (replies, ()) = tokio::join!(join_all((0..20).map(|_| world.issue("k-1", "u-1"))), async {
        world.has_sent(1).await;
        world.release();
    });
    let replies: Vec<_> = replies.into_iter().map(Result::unwrap).collect();
    assert_eq!(replies.iter().filter(|reply| !reply.replayed).count(), 1);
    let tokens: Vec<_> = replies.iter().map(|reply| reply.token.auth_token.expose_secret()).collect();
    assert!(tokens.iter().all(|token| *token == tokens[0]));
    assert_eq!(world.sent(), 1);
    assert!(world.agrees_about("u-1").await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twins_of_a_call_that_fails_are_told_the_same() {
    for (scenario, code) in [
        (Scenario::InsufficientFunds, Code::VendorRefused),
        (Scenario::Garbage, Code::VendorOutcomeUnknown),
        (Scenario::Weaker, Code::SessionWeaker),
    ] {
        let world = World::new().await;
        world.vendor_is(Mood::As(scenario));
        let problems = join_all((0..8).map(|_| world.ask("strict", "k-1", "u-1", false))).await;
        // Who comes after a refusal may try again; whatever else happened was one call.
        let may_be = |one: Code| one == code || (code == Code::VendorRefused && one == Code::Overloaded);
        assert!(problems.iter().all(|one| may_be(one.as_ref().unwrap_err().code())), "{problems:?}");
        assert!(scenario == Scenario::InsufficientFunds || world.sent() == 1, "{scenario}: {}", world.sent());
        assert!(world.at_the_vendor("u-1").await.len() <= 1, "{scenario}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_keys_of_one_client_do_not_call_at_once() {
    let world = World::new().await;
    world.vendor_is(Mood::Held);
    let (first, second) = tokio::join!(world.issue("k-1", "u-1"), async {
        world.has_sent(1).await;
        let second = world.issue("k-2", "u-1").await;
        world.release();
        second
    });
    let problem = second.unwrap_err();
    assert_eq!(problem.code(), Code::ClientBusy);
    assert_eq!(about(&problem), first.unwrap().session_id);
    assert!(problem.retry_after_seconds().is_some());
    assert!(!world.issue("k-2", "u-1").await.unwrap().replayed);
    assert_eq!(world.sent(), 2);
    assert!(world.agrees_about("u-1").await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_caller_that_goes_away_abandons_nothing() {
    let world = World::new().await;
    world.vendor_is(Mood::Held);
    tokio::select! {
        reply = world.issue("k-1", "u-1") => panic!("{reply:?}"),
        () = world.has_sent(1) => {}
    }
    // The twin gets the token of the call that nobody waits for.
    let (reply, ()) = tokio::join!(world.issue("k-1", "u-1"), async {
        sleep(Duration::from_millis(20)).await;
        world.release();
    });
    let reply = reply.unwrap();
    assert!(reply.replayed);
    assert_eq!(world.sent(), 1);
    assert!(world.agrees_about("u-1").await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn callers_that_go_away_at_any_moment_leave_nothing_behind() {
    let world = World::new().await;
    let clients: Vec<_> = (0..40).map(|index| format!("u-{index}")).collect();
    join_all(clients.iter().enumerate().map(|(index, client)| {
        let patience = Duration::from_millis(u64::try_from(index).unwrap());
        timeout(patience, world.issue(client, client))
    }))
    .await;
    world.engine.stop(Duration::from_secs(20)).await;
    for client in &clients {
        let states: Vec<_> = world.sessions_of(client).await.iter().map(|session| session.state).collect();
        assert!(matches!(states[..], [] | [State::Issued]), "{client}: {states:?}");
        assert!(world.agrees_about(client).await, "{client}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_twin_of_a_call_elsewhere_waits_until_its_deadline() {
    let deadline = Duration::from_millis(300);
    let world = World::with(EngineOptions { deadline, ..options() }, 1_000_000).await;
    // An intent that another instance holds: this engine knows of no such call.
    let lease = world.claim_elsewhere("k-1", "u-1").await;
    let begun = Instant::now();
    let problem = world.issue("k-1", "u-1").await.unwrap_err();
    assert_eq!((problem.code(), about(&problem)), (Code::InProgress, lease.id()));
    assert!(problem.retry_after_seconds().is_some());
    assert!(begun.elapsed() >= deadline);
    assert_eq!(world.sent(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_twin_of_a_call_elsewhere_gets_its_token() {
    let world = World::new().await;
    let lease = world.claim_elsewhere("k-1", "u-1").await;
    let (waited, ()) = tokio::join!(world.issue("k-1", "u-1"), world.settle_elsewhere(&lease));
    let reply = waited.unwrap();
    assert!(reply.replayed);
    assert_eq!(reply.session_id, lease.id());
    assert_eq!(world.sent(), 0);
}
