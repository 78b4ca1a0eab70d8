//! What is erased is gone from every byte that the service has written, while it goes on.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use kyc_service_tests::binary::ROOT;
use kyc_service_tests::caller::{Answer, Caller, Issued};
use kyc_service_tests::clock::Clock;
use kyc_service_tests::leaks::{Marker, Markers};
use kyc_service_tests::people;
use kyc_service_tests::service::Plan;
use kyc_service_tests::vendor::Mood;
use kyc_service_tests::world::World;
use kyc_test_postgres::{Cluster, Stop};

const CLIENT: &str = "erased-client-3c41d9";

async fn buy(plan: &Plan, client: &str) -> Issued {
    let answer =
        Caller::default().ask(plan.address, &format!("key-of-{client}"), &people::client(client)).await;
    let Answer::Issued(issued) = answer else { panic!("{answer:?}") };
    issued
}

/// A session among others, so that its rows lie between theirs.
async fn buy_among_others(plan: &Plan) -> Issued {
    for number in 0..10 {
        buy(plan, &format!("client-before-{number}")).await;
    }
    let issued = buy(plan, CLIENT).await;
    for number in 0..10 {
        buy(plan, &format!("client-after-{number}")).await;
    }
    issued
}

async fn erase(plan: &Plan, issued: &Issued) {
    let url = format!("http://{}/v1/sessions/{}?reason=request", plan.address, issued.session_id);
    let erased = Caller::default().http().delete(url).send().await.unwrap();
    assert_eq!(erased.status(), 200, "{}", erased.text().await.unwrap());
}

fn markers(issued: &Issued) -> Markers {
    Markers::new(&[
        Marker::new("the client's identifier", CLIENT),
        Marker::new("the token", &issued.auth_token),
    ])
}

/// Files below a folder that still tell of the person.
fn left(markers: &Markers, folder: &Path) -> Vec<String> {
    let found = markers.found_below(folder).into_iter().filter(|(_, names)| !names.is_empty());
    found.map(|(path, names)| format!("{} in {}", names.join(", "), path.display())).collect()
}

/// No byte of the files tells of the person, what comes later brings nothing back, and the ledger is whole.
async fn stays_gone(world: &mut World, plan: Plan, markers: &Markers) {
    assert_eq!(left(markers, &plan.folder), [""; 0]);
    buy(&plan, "client-later").await;
    assert!(world.services.remove(0).stop().await.success());
    assert_eq!(left(markers, &plan.folder), [""; 0]);
    run(plan, &["ledger", "verify"], "+0");
}

fn run(mut plan: Plan, arguments: &[&str], offset: &str) -> String {
    plan.settings["instance"] = "tool".into();
    Clock::of(&mut plan, offset);
    let output = plan.command(arguments).output().unwrap();
    let told =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{told}");
    told
}

/// A folder of policies with this set.
fn policies(folder: &Path, retention: &str) -> String {
    let policies = folder.join("policies");
    fs::create_dir(&policies).unwrap();
    fs::copy(format!("{ROOT}/policies/eu-onboarding.yaml"), policies.join("eu-onboarding.yaml")).unwrap();
    let set = fs::read_to_string(format!("{ROOT}/policies/_set.yaml")).unwrap();
    let lines = set.lines().map(|line| if line.starts_with("retention:") { retention } else { line });
    fs::write(policies.join("_set.yaml"), lines.collect::<Vec<_>>().join("\n")).unwrap();
    policies.display().to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_erased_on_request_is_in_no_byte_of_the_files() {
    let mut world = World::with(Mood::default(), |plan| {
        let policies = policies(&plan.folder, "");
        plan.with("policies", policies)
    })
    .await;
    world.start().await;
    let plan = world.plans[0].clone();
    let issued = buy_among_others(&plan).await;
    let markers = markers(&issued);
    assert!(!left(&markers, &plan.folder).is_empty(), "the files are not the files");
    erase(&plan, &issued).await;
    stays_gone(&mut world, plan, &markers).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_kept_long_enough_is_in_no_byte_of_the_files() {
    let mut world = World::with(Mood::default(), |plan| {
        let policies = policies(&plan.folder, "retention: { keep: 1d, erase_after: 2d }");
        plan.with("policies", policies)
    })
    .await;
    world.start().await;
    let plan = world.plans[0].clone();
    let issued = buy_among_others(&plan).await;
    let markers = markers(&issued);
    run(plan.clone(), &["retention", "run"], "+1d");
    assert!(!left(&markers, &plan.folder).is_empty(), "erased before its time");
    // Beside the service, as somebody runs it every day.
    let told = run(plan.clone(), &["retention", "run"], "+3d");
    assert!(told.contains("21"), "{told}");
    stays_gone(&mut world, plan, &markers).await;
}

/// PostgreSQL overwrites nothing by itself: its tables are rid of it when they are written anew, its log when it is used
/// again.
#[tokio::test(flavor = "multi_thread")]
async fn who_is_erased_is_in_no_table_of_postgresql_once_they_are_written_anew() {
    let mut cluster = Cluster::start(&[]);
    let mut world = World::with(Mood::default(), |plan| {
        let policies = policies(&plan.folder, "");
        plan.with("policies", policies).with("database", cluster.database("kyc"))
    })
    .await;
    world.start().await;
    let plan = world.plans[0].clone();
    let issued = buy_among_others(&plan).await;
    let markers = markers(&issued);
    let tables = cluster.data().join("base");
    // Which keeps values for whoever plans queries.
    cluster.ask("kyc", "ANALYZE");
    cluster.ask("kyc", "CHECKPOINT");
    assert!(!left(&markers, &tables).is_empty(), "the tables are not the tables");
    erase(&plan, &issued).await;
    assert!(world.services.remove(0).stop().await.success());
    for table in ["people", "slots"] {
        cluster.ask("kyc", &format!("VACUUM FULL ANALYZE kyc.{table}"));
    }
    cluster.ask("kyc", "VACUUM FULL pg_statistic");
    cluster.ask("kyc", "CHECKPOINT");
    cluster.stop(Stop::Fast);
    assert_eq!(left(&markers, &tables), [""; 0]);
    assert_eq!(left(&markers, &plan.folder), [""; 0]);
}
