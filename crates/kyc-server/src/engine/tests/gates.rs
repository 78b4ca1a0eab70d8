//! When no call is made: too much at once, too much in an hour, too many failures.

use std::time::Duration;

use futures_util::StreamExt;
use futures_util::future::join_all;
use futures_util::stream::FuturesUnordered;
use kyc_ledger::State;
use kyc_sandbox::Scenario;
use tokio::time::{Instant, sleep, timeout};

use super::world::{Mood, World, options};
use crate::engine::{BreakerOptions, Code, EngineOptions};

#[tokio::test]
async fn a_rate_that_is_used_up_writes_nothing_and_says_when() {
    let world = World::with(options(), 3).await;
    for index in 0..3 {
        world.issue(&format!("k-{index}"), &format!("u-{index}")).await.unwrap();
    }
    let problem = world.issue("k-3", "u-3").await.unwrap_err();
    assert_eq!(problem.code(), Code::Overloaded, "{problem}");
    assert!(problem.retry_after_seconds().is_some());
    assert!(world.sessions_of("u-3").await.is_empty());
    assert_eq!(world.sent(), 3);
}

#[tokio::test]
async fn replays_and_mistakes_spend_no_rate() {
    let world = World::with(options(), 3).await;
    world.issue("k-1", "u-1").await.unwrap();
    for _ in 0..5 {
        assert!(world.issue("k-1", "u-1").await.unwrap().replayed);
        world.issue("k-1", "u-2").await.unwrap_err();
        world.issue("k-9", "ž").await.unwrap_err();
    }
    world.issue("k-2", "u-2").await.unwrap();
    world.issue("k-3", "u-3").await.unwrap();
    assert_eq!(world.sent(), 3);
}

/// A world in which three calls have failed in a row.
async fn failed(pause: Duration) -> World {
    let breaker = BreakerOptions { failures: 3, pause, longest_pause: pause, account_pause: pause };
    let world = World::with(EngineOptions { breaker, ..options() }, 1_000_000).await;
    world.vendor_is(Mood::As(Scenario::ServerError));
    for index in 0..3 {
        let problem = world.issue(&format!("k-{index}"), &format!("u-{index}")).await.unwrap_err();
        assert_eq!(problem.code(), Code::VendorOutcomeUnknown);
    }
    world
}

#[tokio::test]
async fn failures_in_a_row_pause_the_calls() {
    let world = failed(Duration::from_hours(1)).await;
    let problem = world.issue("k-3", "u-3").await.unwrap_err();
    assert_eq!(problem.code(), Code::Overloaded);
    assert!(problem.retry_after_seconds().is_some_and(|seconds| seconds > 3000), "{problem:?}");
    assert_eq!(world.sent(), 3);
    assert!(world.sessions_of("u-3").await.is_empty());
}

#[tokio::test]
async fn a_probe_resumes_the_calls() {
    let pause = Duration::from_millis(1);
    let world = failed(pause).await;
    world.vendor_is(Mood::As(Scenario::Normal));
    sleep(pause).await;
    world.issue("k-3", "u-3").await.unwrap();
    let replies = join_all((4..12).map(|index| {
        let world = &world;
        async move { world.issue(&format!("k-{index}"), &format!("u-{index}")).await }
    }))
    .await;
    assert!(replies.iter().all(Result::is_ok));
}

#[tokio::test]
async fn what_has_been_issued_is_handed_out_while_no_call_can_be_made() {
    let breaker = BreakerOptions { account_pause: Duration::from_mins(5), ..options().breaker };
    let world = World::with(EngineOptions { breaker, ..options() }, 1_000_000).await;
    let first = world.issue("k-1", "u-1").await.unwrap();
    world.vendor_is(Mood::As(Scenario::Unauthorized));
    world.issue("k-2", "u-2").await.unwrap_err();
    let again = world.issue("k-1", "u-1").await.unwrap();
    assert_eq!((again.session_id, again.replayed), (first.session_id, true));
    // What has no answer yet has none now.
    for (key, client) in [("k-1", "u-3"), ("k-2", "u-2"), ("k-3", "u-3")] {
        assert_eq!(world.issue(key, client).await.unwrap_err().code(), Code::Overloaded);
    }
    assert_eq!(world.sent(), 2);
}

#[tokio::test]
async fn sessions_that_nobody_can_use_are_not_bought_on_and_on() {
    let pause = Duration::from_mins(1);
    let breaker = BreakerOptions { failures: 3, pause, ..options().breaker };
    for scenario in [Scenario::Weaker, Scenario::Garbage, Scenario::Reset] {
        let world = World::with(EngineOptions { breaker: breaker.clone(), ..options() }, 1_000_000).await;
        world.vendor_is(Mood::As(scenario));
        for index in 0..10 {
            let (key, client) = (format!("k-{index}"), format!("u-{index}"));
            world.ask("strict", &key, &client, false).await.unwrap_err();
        }
        assert_eq!(world.sent(), 3, "{scenario}");
    }
}

#[tokio::test]
async fn an_account_at_fault_is_left_alone_at_once() {
    let account_pause = Duration::from_mins(5);
    let breaker = BreakerOptions { account_pause, ..options().breaker };
    for scenario in [Scenario::Unauthorized, Scenario::InsufficientFunds, Scenario::Forbidden] {
        let world = World::with(EngineOptions { breaker: breaker.clone(), ..options() }, 1_000_000).await;
        world.vendor_is(Mood::As(scenario));
        assert_eq!(world.issue("k-1", "u-1").await.unwrap_err().code(), Code::VendorRefused, "{scenario}");
        let problem = world.issue("k-2", "u-2").await.unwrap_err();
        assert_eq!(problem.code(), Code::Overloaded, "{scenario}");
        assert!(problem.retry_after_seconds().unwrap() > 200);
        assert_eq!(world.sent(), 1);
    }
}

#[tokio::test]
async fn a_refusal_of_one_request_pauses_nothing() {
    let breaker = BreakerOptions { failures: 1, account_pause: Duration::from_mins(5), ..options().breaker };
    let world = World::with(EngineOptions { breaker, ..options() }, 1_000_000).await;
    world.vendor_is(Mood::As(Scenario::Conflict));
    for index in 0..5 {
        let problem = world.issue(&format!("k-{index}"), &format!("u-{index}")).await.unwrap_err();
        assert_eq!(problem.code(), Code::VendorRefused);
    }
    assert_eq!(world.sent(), 5);
}

#[tokio::test]
async fn a_wait_that_the_vendor_asks_for_is_kept_by_all() {
    let breaker = BreakerOptions { longest_pause: Duration::from_mins(1), ..options().breaker };
    let world = World::with(EngineOptions { breaker, retry_percent: 0, ..options() }, 1_000_000).await;
    world.vendor_is(Mood::As(Scenario::RateLimitedRetryAfter));
    let begun = Instant::now();
    let problem = world.issue("k-1", "u-1").await.unwrap_err();
    assert_eq!((problem.code(), problem.retry_after_seconds()), (Code::VendorBusy, Some(1)));
    world.vendor_is(Mood::As(Scenario::Normal));
    match world.issue("k-2", "u-2").await {
        Err(problem) => assert_eq!((problem.code(), world.sent()), (Code::Overloaded, 1)),
        // On a very busy machine the wait may be over by now.
        Ok(_) => assert!(begun.elapsed() >= Duration::from_secs(1)),
    }
    sleep(Duration::from_secs(1)).await;
    world.issue("k-2", "u-2").await.unwrap();
}

#[tokio::test]
async fn what_certainly_did_not_arrive_is_sent_again_within_the_budget() {
    let world = World::new().await;
    world.vendor_is(Mood::As(Scenario::RateLimitedOnce));
    world.issue("k-1", "u-1").await.unwrap();
    assert_eq!(world.sent(), 2);

    let world = World::with(EngineOptions { retry_percent: 0, ..options() }, 1_000_000).await;
    world.vendor_is(Mood::As(Scenario::RateLimitedOnce));
    assert_eq!(world.issue("k-1", "u-1").await.unwrap_err().code(), Code::VendorBusy);
    assert_eq!(world.sent(), 1);
}

#[tokio::test]
async fn only_so_many_wait_for_a_place() {
    let world = World::with(EngineOptions { concurrency: 1, queue: 1, ..options() }, 1_000_000).await;
    world.vendor_is(Mood::Held);
    let asked: FuturesUnordered<_> = (0..5)
        .map(|index| {
            let world = &world;
            async move { world.issue(&format!("k-{index}"), &format!("u-{index}")).await }
        })
        .collect();
    let (turned_away, others) = {
        let mut results = asked;
        let mut turned_away = Vec::new();
        while turned_away.len() < 3 {
            turned_away.push(results.next().await.unwrap().unwrap_err());
        }
        world.release();
        (turned_away, results.collect::<Vec<_>>().await)
    };
    assert!(turned_away.iter().all(|problem| problem.code() == Code::Overloaded));
    assert!(others.iter().all(Result::is_ok));
    assert_eq!(world.sent(), 2);
}

#[tokio::test]
async fn what_has_been_issued_is_handed_out_while_all_places_are_taken() {
    let world = World::with(EngineOptions { concurrency: 1, queue: 0, ..options() }, 1_000_000).await;
    let first = world.issue("k-1", "u-1").await.unwrap();
    world.vendor_is(Mood::Held);
    let (held, ()) = tokio::join!(world.issue("k-2", "u-2"), async {
        world.has_sent(2).await;
        assert_eq!(world.issue("k-1", "u-1").await.unwrap().session_id, first.session_id);
        assert_eq!(world.issue("k-3", "u-3").await.unwrap_err().code(), Code::Overloaded);
        world.release();
    });
    held.unwrap();
}

#[tokio::test]
async fn who_gives_up_waiting_for_a_place_has_written_nothing() {
    let world = World::with(EngineOptions { concurrency: 1, ..options() }, 1_000_000).await;
    world.vendor_is(Mood::Held);
    let (first, ()) = tokio::join!(world.issue("k-1", "u-1"), async {
        world.has_sent(1).await;
        assert!(timeout(Duration::from_millis(50), world.issue("k-2", "u-2")).await.is_err());
        world.release();
    });
    first.unwrap();
    assert!(world.sessions_of("u-2").await.is_empty());
    assert_eq!(world.sent(), 1);
    assert_eq!(world.session_of("u-1").await.state, State::Issued);
}
