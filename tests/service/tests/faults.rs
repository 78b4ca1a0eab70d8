//! Faults under load: of the vendor, of the disk, of the clock, and the end of the service itself.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream;
use kyc_sandbox::Scenario;
use kyc_service_tests::caller::Answer;
use kyc_service_tests::clock::Clock;
use kyc_service_tests::service::Plan;
use kyc_service_tests::size;
use kyc_service_tests::vendor::Mood;
use kyc_service_tests::world::World;
use kyc_test_postgres::shared;
use tempfile::TempDir;

fn busy(scenario: Scenario) -> Mood {
    Mood { scenario, before: Duration::from_millis(10), after: Duration::from_millis(20) }
}

/// With a deadline that no call misses because the machine is busy, for tests in which none may be given up.
fn patient(plan: Plan) -> Plan {
    plan.with("limits.deadline", "60s")
}

/// How long callers go on in one fault.
fn while_faulty() -> Duration {
    Duration::from_millis(size("KYC_FAULT_MILLISECONDS", 1000))
}

#[tokio::test(flavor = "multi_thread")]
async fn no_misbehaviour_of_the_vendor_buys_twice_or_loses_anything() {
    // Each before a service of its own: a breaker that one of them opens concerns no other.
    stream::iter(Scenario::ALL)
        .for_each_concurrent(4, |scenario| async move {
            let mut world = World::with(busy(*scenario), |plan| plan).await;
            world.start().await;
            let callers = world.story.callers(4, &world.addresses(), 1);
            tokio::time::sleep(while_faulty()).await;
            world.story.has_keys(8).await;
            callers.stop().await;
            assert!(world.vendor.requests() > 0, "{scenario}");
            // What the vendor refused to an account pauses its calls for long; a new start does not wait for it.
            world.vendor.set(Mood::default());
            world.restart().await;
            world.judge(scenario.name()).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_is_asked_to_end_loses_no_call_under_way() {
    let mood = Mood { after: Duration::from_millis(150), ..busy(Scenario::Normal) };
    let mut world = World::with(mood, patient).await;
    world.start().await;
    let callers = world.story.callers(12, &world.addresses(), 2);
    for _ in 0..size("KYC_STOPS", 3) {
        tokio::time::sleep(Duration::from_millis(400)).await;
        world.story.has_keys(12).await;
        world.restart().await;
    }
    callers.stop().await;
    let story = world.judge("after being asked to end").await;
    assert_eq!(story.lost(), 0, "a call was abandoned");
    // Whoever was being answered got the answer.
    let issued = |answer: &Answer| matches!(answer, Answer::Issued(_));
    assert!(story.keys().iter().filter(|key| key.answers.iter().any(issued)).count() > 10);
}

/// A small disk of its own, which goes with this.
struct Disk(TempDir);

impl Disk {
    /// Needs root.
    fn mount() -> Self {
        let folder = tempfile::Builder::new().prefix("kyc-disk-").tempdir().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=4m,mode=0700", "tmpfs"])
            .arg(folder.path())
            .status()
            .unwrap();
        assert!(mounted.success(), "a tmpfs can be mounted");
        Self(folder)
    }

    fn fill(&self) {
        let full = fs::write(self.filler(), vec![0_u8; 8 * 1024 * 1024]).unwrap_err();
        assert_eq!(full.kind(), std::io::ErrorKind::StorageFull);
    }

    fn free(&self) {
        fs::remove_file(self.filler()).unwrap();
    }

    fn filler(&self) -> PathBuf {
        self.0.path().join("filler")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Whatever still has a file open there keeps it until it ends.
        let _ = Command::new("umount").arg("--lazy").arg(self.0.path()).status();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_buys_nothing_and_is_over_when_there_is_room_again() {
    if !is_root() {
        eprintln!("not tested: only root can mount a small disk");
        return;
    }
    let disk = Disk::mount();
    let database = format!("sqlite:{}", disk.0.path().join("kyc.db").display());
    let mut world = World::with(busy(Scenario::Normal), |plan| plan.with("database", database)).await;
    world.start().await;
    let callers = world.story.callers(6, &world.addresses(), 3);
    tokio::time::sleep(Duration::from_millis(300)).await;
    disk.fill();
    // What was allocated before may still be written to.
    let (story, address) = (world.story.clone(), world.plans[0].address);
    let refused = |number: usize| {
        let story = story.clone();
        async move {
            let answer = story.ask(address, &format!("full-{number}")).await;
            answer == Answer::Problem(503, "ledger-unavailable".to_owned())
        }
    };
    let mut asked = 0;
    while !refused(asked).await {
        asked += 1;
        assert!(asked < 5000, "nothing is refused although the disk is full");
    }
    callers.stop().await;
    let bought = world.vendor.requests();
    for number in asked + 1..asked + 21 {
        assert!(refused(number).await, "answered although the disk is full");
    }
    assert_eq!(world.vendor.requests(), bought, "bought what could not be written down");
    disk.free();
    let callers = world.story.callers(6, &world.addresses(), 4);
    tokio::time::sleep(Duration::from_millis(300)).await;
    callers.stop().await;
    world.judge("after a full disk").await;
}

fn is_root() -> bool {
    let id = Command::new("id").arg("--user").output();
    id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// Whether a line is half an hour earlier than the one before it.
fn goes_back(log: &str) -> bool {
    let minutes = |line: &str| {
        let (_, time) = line.split_once("\"timestamp\":\"")?.1.split_once('T')?;
        let (hour, rest) = time.split_once(':')?;
        let (minute, _) = rest.split_once(':')?;
        Some(hour.parse::<i32>().ok()? * 60 + minute.parse::<i32>().ok()?)
    };
    let minutes: Vec<i32> = log.lines().filter_map(minutes).collect();
    minutes.windows(2).any(|pair| (30..60).contains(&(pair[0] - pair[1]).rem_euclid(24 * 60)))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_jumps_expires_nothing_in_flight() {
    let mood = Mood { after: Duration::from_millis(150), ..busy(Scenario::Normal) };
    let mut clock = None;
    let mut world = World::with(mood, |mut plan| {
        clock = Some(Clock::of(&mut plan, "+0"));
        patient(plan)
    })
    .await;
    let clock = clock.unwrap();
    world.start().await;
    let callers = world.story.callers(12, &world.addresses(), 5);
    for offset in ["+20m", "-20m", "+0"] {
        clock.set(offset);
        // Read anew within two seconds.
        tokio::time::sleep(Duration::from_millis(2500)).await;
    }
    callers.stop().await;
    let log = fs::read_to_string(world.plans[0].log()).unwrap();
    assert!(goes_back(&log), "the clock has not jumped");
    let story = world.judge("after jumps of the clock").await;
    assert_eq!(story.lost(), 0, "a jump of the clock ended a call under way");
}

#[tokio::test(flavor = "multi_thread")]
async fn clocks_that_disagree_with_each_other_and_with_the_database_end_no_call() {
    let mut world = World::of_two(busy(Scenario::Normal), &shared()).await;
    for (plan, offset) in world.plans.iter_mut().zip(["+20m", "-20m"]) {
        *plan = patient(plan.clone());
        Clock::of(plan, offset);
    }
    world.start().await;
    let callers = world.story.callers(8, &world.addresses(), 6);
    tokio::time::sleep(while_faulty()).await;
    world.story.has_keys(12).await;
    callers.stop().await;
    let story = world.judge("under clocks that disagree").await;
    assert_eq!(story.lost(), 0, "a clock ended a call");
}
