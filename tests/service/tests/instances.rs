//! Two services on one PostgreSQL: one is killed, or the database stops, and nothing is bought twice or lost.

#![expect(clippy::print_stderr, reason = "the seed, for whoever wants to see it again")]

use std::time::Duration;

use kyc_service_tests::size;
use kyc_service_tests::vendor::Mood;
use kyc_service_tests::world::World;
use kyc_test_postgres::{Cluster, Stop, shared};

fn mood() -> Mood {
    Mood { before: Duration::from_millis(30), after: Duration::from_millis(60), ..Mood::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_services_on_one_database_either_may_be_killed() {
    let (kills, seed) = (size("KYC_KILLS", 20) / 2, size("KYC_SEED", fastrand::u64(..)));
    eprintln!("{kills} kills of one of two, KYC_SEED={seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    let mut world = World::of_two(mood(), &shared()).await;
    world.start().await;
    let callers = world.story.callers(8, &world.addresses(), seed);
    for _ in 0..kills {
        tokio::time::sleep(Duration::from_millis(random.u64(20..400))).await;
        world.kill(random.usize(0..2)).await;
    }
    callers.stop().await;
    let story = world.judge(&format!("KYC_SEED={seed}")).await;
    let lost = story.lost();
    eprintln!("{} keys, {lost} sessions lost", story.keys().len());
    assert!(lost > 0, "no kill met a call under way: KYC_SEED={seed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_stops_and_comes_back_makes_nothing_bought_twice() {
    let mut cluster = Cluster::start(&[]);
    let mut world = World::of_two(mood(), &cluster.database("kyc")).await;
    world.start().await;
    let callers = world.story.callers(8, &world.addresses(), 1);
    for how in [Stop::Fast, Stop::Immediate].into_iter().cycle().take(2 * whole("KYC_RESTARTS", 1)) {
        tokio::time::sleep(Duration::from_millis(500)).await;
        // Starting and stopping blocks, and callers go on meanwhile.
        cluster = tokio::task::block_in_place(|| {
            cluster.stop(how);
            std::thread::sleep(Duration::from_millis(300));
            cluster.start_again();
            cluster
        });
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    callers.stop().await;
    assert!(world.services.iter_mut().all(kyc_service_tests::service::Service::is_running));
    world.judge("after stops of the database").await;
}

fn whole(variable: &str, otherwise: u64) -> usize {
    usize::try_from(size(variable, otherwise)).unwrap_or(usize::MAX)
}
