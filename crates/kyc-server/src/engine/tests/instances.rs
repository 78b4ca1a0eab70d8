//! Two instances over one PostgreSQL: what one does, the other knows.

use std::time::Duration;

use futures_util::future::join_all;
use kyc_ledger::State;
use kyc_sandbox::Scenario;
use tokio::time::sleep;

use super::world::{Mood, World, about};
use crate::engine::Code;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twins_on_two_instances_get_one_token() {
    let [one, other] = World::two().await;
    one.vendor_is(Mood::Held);
    other.vendor_is(Mood::Held);
    let asked = join_all((0..6).flat_map(|_| [one.issue("k-1", "u-1"), other.issue("k-1", "u-1")]));
    let (replies, ()) = tokio::join!(asked, async {
        while one.sent() + other.sent() == 0 {
            sleep(Duration::from_millis(2)).await;
        }
        one.release();
        other.release();
    });
    let replies: Vec<_> = replies.into_iter().map(Result::unwrap).collect();
    let tokens: Vec<_> = replies.iter().map(|reply| reply.token.auth_token.expose_secret()).collect();
    assert!(tokens.iter().all(|token| *token == tokens[0]));
    assert_eq!(replies.iter().filter(|reply| !reply.replayed).count(), 1);
    assert_eq!(one.sent() + other.sent(), 1);
    assert!(one.agrees_about("u-1").await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_one_leaves_unknown_the_other_finds_out() {
    let [one, other] = World::two().await;
    one.vendor_is(Mood::As(Scenario::Garbage));
    assert_eq!(one.issue("k-1", "u-1").await.unwrap_err().code(), Code::VendorOutcomeUnknown);
    assert_eq!(other.issue("k-1", "u-1").await.unwrap_err().code(), Code::VendorOutcomeUnknown);
    assert_eq!(other.issue("k-2", "u-1").await.unwrap_err().code(), Code::ClientBusy);
    tokio::join!(one.find_out(), other.find_out());
    assert_eq!(one.session_of("u-1").await.state, State::IssuedTokenLost);
    assert_eq!(other.issue("k-1", "u-1").await.unwrap_err().code(), Code::SessionLost);
    assert!(!other.ask("open", "k-1", "u-1", true).await.unwrap().replayed);
    assert!(one.issue("k-1", "u-1").await.unwrap().replayed);
    assert_eq!(one.sent() + other.sent(), 2);
    assert!(one.agrees_about("u-1").await);
}

/// An instance that stood still in the middle of a call, and comes back when the other has found out what that was for.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_comes_back_after_its_lease_hands_nothing_out() {
    let [one, other] = World::two().await;
    one.vendor_is(Mood::Late);
    let (reply, ()) = tokio::join!(one.issue("k-1", "u-1"), async {
        while one.at_the_vendor("u-1").await.is_empty() {
            sleep(Duration::from_millis(2)).await;
        }
        one.time_passes();
        other.find_out().await;
        assert_eq!(other.session_of("u-1").await.state, State::IssuedTokenLost);
        one.release();
    });
    let problem = reply.unwrap_err();
    assert_eq!((problem.code(), about(&problem)), (Code::LedgerUnavailable, one.session_of("u-1").await.id));
    assert_eq!(one.session_of("u-1").await.state, State::IssuedTokenLost);
    for world in [&one, &other] {
        assert_eq!(world.issue("k-1", "u-1").await.unwrap_err().code(), Code::SessionLost);
    }
    assert!(!other.ask("open", "k-1", "u-1", true).await.unwrap().replayed);
    assert!(one.issue("k-1", "u-1").await.unwrap().replayed);
    assert_eq!(one.sent() + other.sent(), 2);
    assert!(one.agrees_about("u-1").await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_hourly_rate_is_one_for_both() {
    let [one, other] = World::two_with_rate(30).await;
    let asked = (0..40).map(|index| {
        let world = if index % 2 == 0 { &one } else { &other };
        async move { world.issue(&format!("k-{index}"), &format!("u-{index}")).await }
    });
    let results = join_all(asked).await;
    assert!(
        results.iter().filter_map(|result| result.as_ref().err()).all(|one| one.code() == Code::Overloaded)
    );
    assert_eq!(one.sent() + other.sent(), 30);
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 30);
}
