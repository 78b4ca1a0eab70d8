//! How many intents and outcomes a second a ledger makes durable: 64 callers, each claiming and settling in turn.
//!
//! `cargo bench --package kyc-ledger --bench claims`; SQLite in memory-backed and in ordinary folders, and PostgreSQL.
//! A part of a name after `--` chooses one of them. `KYC_BENCH_SECONDS` says how long each takes, `KYC_BENCH_FOLDER` which ordinary folder.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a measurement prints, and fails loudly"
)]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use std::{env, fs};

use jiff::Timestamp;
use kyc_core::{AuthToken, ClientId, RedirectUrl, ScanRef};
use kyc_ledger::keys::{KeyId, KeyRing, MasterKey};
use kyc_ledger::{
    CallerId, Claim, Claimed, DatabaseUrl, Environment, IdempotencyKey, Instance, IssuedToken, Ledger,
    LedgerOptions, Outcome, PolicyRecord, SessionId,
};

const CALLERS: usize = 64;

fn main() {
    let seconds = env::var("KYC_BENCH_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(5);
    let seconds = Duration::from_secs(seconds);
    println!("{CALLERS} callers, each claiming and settling in turn");
    println!("{:<22} {:>10} {:>12} {:>12} {:>16}", "database", "pairs/s", "median", "p99", "CPU per pair");
    let ordinary = env::var_os("KYC_BENCH_FOLDER").map_or_else(env::temp_dir, PathBuf::from);
    for (name, folder) in [("SQLite in memory", Path::new("/dev/shm")), ("SQLite on disk", &ordinary)] {
        if is_wanted(name) {
            let folder = tempfile::tempdir_in(folder).unwrap();
            measure(name, &DatabaseUrl::Sqlite(folder.path().join("kyc.db")), seconds);
        }
    }
    if is_wanted("PostgreSQL on disk") {
        measure("PostgreSQL on disk", &kyc_test_postgres::shared().parse().unwrap(), seconds);
    }
}

/// Without arguments everything is; a part of a name chooses.
fn is_wanted(name: &str) -> bool {
    let mut parts = env::args().skip(1).filter(|argument| !argument.starts_with('-')).peekable();
    parts.peek().is_none() || parts.any(|part| name.contains(&part))
}

fn measure(name: &str, url: &DatabaseUrl, seconds: Duration) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let ring = KeyRing::new(vec![(KeyId::new("k1").unwrap(), MasterKey::generate().unwrap())]).unwrap();
        let options = LedgerOptions::new(Instance::new("bench").unwrap());
        let ledger = Ledger::open(url, ring, options).await.unwrap();
        let done = Arc::new(AtomicBool::new(false));
        let (began, cpu) = (Instant::now(), cpu_time());
        let callers = (0..CALLERS).map(|number| tokio::spawn(call(ledger.clone(), number, done.clone())));
        let callers: Vec<_> = callers.collect();
        tokio::time::sleep(seconds).await;
        done.store(true, Ordering::Relaxed);
        let mut times = Vec::new();
        for caller in callers {
            times.extend(caller.await.unwrap());
        }
        let (took, cpu) = (began.elapsed(), cpu_time().saturating_sub(cpu));
        times.sort();
        let pairs = u32::try_from(times.len()).unwrap();
        let at = |per_cent: usize| times.get(times.len() * per_cent / 100).copied().unwrap_or_default();
        println!(
            "{name:<22} {:>10.0} {:>9.2} ms {:>9.2} ms {:>13.0} us",
            f64::from(pairs) / took.as_secs_f64(),
            at(50).as_secs_f64() * 1e3,
            at(99).as_secs_f64() * 1e3,
            cpu.as_secs_f64() * 1e6 / f64::from(pairs),
        );
        ledger.shut_down().await;
    });
}

/// Claims and settles until told to stop; how long each pair took.
async fn call(ledger: Ledger, number: usize, done: Arc<AtomicBool>) -> Vec<Duration> {
    let mut times = Vec::new();
    let policy = PolicyRecord::new("eu-onboarding", [7; 32], || r#"{"countries":["LT"]}"#.repeat(100));
    while !done.load(Ordering::Relaxed) {
        let name = format!("client-{number}-{}", times.len());
        let body = format!(r#"{{"clientId":"{name}","firstName":"Marta","lastName":"Petraitė"}}"#).repeat(8);
        let began = Instant::now();
        let claim = Claim {
            id: SessionId::new(),
            caller: CallerId::new("shop").unwrap(),
            key: IdempotencyKey::new(&name).unwrap(),
            fingerprint: body.clone().into_bytes().into(),
            policy: policy.clone(),
            account: Arc::from("main"),
            environment: Environment::Development,
            client: ClientId::new(&name).unwrap(),
            request: body.clone().into_bytes().into(),
            reuse: false,
            reissue: false,
        };
        let Claimed::Granted(lease) = ledger.claim(claim).await.unwrap() else {
            panic!("nobody else has it")
        };
        let token = IssuedToken {
            auth_token: AuthToken::new("pgYQX0z2T8mtcpNj9I20uWVCLKNuG0vgr12f0wAC").unwrap(),
            redirect_url: RedirectUrl::new(
                "https://ivs.idenfy.com/api/v2/redirect?authToken=pgYQX0z2T8mtcpNj9I20uWVCLKNuG0vgr12f0wAC",
            )
            .unwrap(),
            scan_ref: ScanRef::new(lease.id().to_string()).unwrap(),
            expires_at: Timestamp::now() + Duration::from_hours(1),
            digit_code: None,
        };
        let outcome = Outcome::Issued { token, answer: body.into_bytes().into() };
        ledger.settle(&lease, &outcome).await.unwrap();
        times.push(began.elapsed());
    }
    times
}

/// What this process has used of its processors so far.
fn cpu_time() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks: u64 =
        after_name.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<u64>().ok()).sum();
    // Linux counts a hundred ticks a second on every machine that this is run on.
    Duration::from_millis(ticks * 10)
}
