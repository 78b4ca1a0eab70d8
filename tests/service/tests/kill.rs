//! `kill -9` at random moments under load: nothing is bought twice, nothing is lost.

#![expect(clippy::print_stderr, reason = "the seed, for whoever wants to see it again")]

use std::time::Duration;

use kyc_service_tests::size;
use kyc_service_tests::vendor::Mood;
use kyc_service_tests::world::World;

/// A vendor that takes so long that most kills meet calls under way, before or after their session exists.
fn mood() -> Mood {
    Mood { before: Duration::from_millis(30), after: Duration::from_millis(60), ..Mood::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_is_killed_again_and_again_buys_nothing_twice_and_loses_nothing() {
    let (kills, seed) = (size("KYC_KILLS", 20), size("KYC_SEED", fastrand::u64(..)));
    eprintln!("{kills} kills, KYC_SEED={seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    let mut world = World::with(mood(), |plan| plan).await;
    world.start().await;
    let callers = world.story.callers(8, &world.addresses(), seed);
    for _ in 0..kills {
        tokio::time::sleep(Duration::from_millis(random.u64(20..300))).await;
        world.kill(0).await;
    }
    callers.stop().await;
    let story = world.judge(&format!("KYC_SEED={seed}")).await;
    // Kills that meet no call under way would prove nothing.
    let lost = story.lost();
    eprintln!("{} keys, {lost} sessions lost", story.keys().len());
    assert!(lost > 0, "no kill met a call under way: KYC_SEED={seed}");
}
