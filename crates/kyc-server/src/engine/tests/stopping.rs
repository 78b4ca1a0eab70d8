//! Stopping under load: what has begun is ended, what has not is turned away.

use std::time::Duration;

use futures_util::future::join_all;
use kyc_ledger::State;
use tokio::time::sleep;

use super::world::{Mood, World, options};
use crate::engine::{Code, EngineOptions};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_that_have_begun_are_settled_and_others_are_turned_away() {
    let world = World::with(EngineOptions { concurrency: 8, ..options() }, 1_000_000).await;
    world.vendor_is(Mood::Held);
    let clients: Vec<_> = (0..40).map(|index| format!("u-{index}")).collect();
    let asked = join_all(clients.iter().map(|client| world.issue(client, client)));
    let stopped = async {
        world.has_sent(8).await;
        world.engine.stop(Duration::from_secs(30)).await
    };
    let released = async {
        while !world.engine.is_stopping() {
            sleep(Duration::from_millis(2)).await;
        }
        world.release();
    };
    let (results, left, ()) = tokio::join!(asked, stopped, released);
    assert_eq!(left, 0);
    assert!(world.engine.is_stopping());
    let mut issued = 0;
    for (client, result) in clients.iter().zip(results) {
        match result {
            Ok(_) => {
                issued += 1;
                assert_eq!(world.session_of(client).await.state, State::Issued);
            }
            Err(problem) => {
                assert_eq!(problem.code(), Code::ShuttingDown);
                assert!(world.sessions_of(client).await.is_empty());
            }
        }
        assert!(world.agrees_about(client).await);
    }
    assert_eq!((issued, world.sent()), (8, 8));
    assert_eq!(world.issue("k-late", "u-late").await.unwrap_err().code(), Code::ShuttingDown);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_waits_for_a_call_elsewhere_is_told_at_once() {
    let world = World::new().await;
    let lease = world.claim_elsewhere("k-1", "u-1").await;
    let (waited, left) = tokio::join!(world.issue("k-1", "u-1"), async {
        sleep(Duration::from_millis(200)).await;
        world.engine.stop(Duration::from_secs(5)).await
    });
    let problem = waited.unwrap_err();
    assert_eq!((problem.code(), problem.session()), (Code::ShuttingDown, Some(lease.id())));
    assert_eq!(left, 0);
}

#[tokio::test]
async fn patience_has_an_end() {
    let world = World::new().await;
    world.vendor_is(Mood::Held);
    let (issued, left) = tokio::join!(world.issue("k-1", "u-1"), async {
        world.has_sent(1).await;
        let left = world.engine.stop(Duration::from_millis(20)).await;
        world.release();
        left
    });
    assert_eq!(left, 1);
    issued.unwrap();
}
