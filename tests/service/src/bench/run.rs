//! One run: everything is started, measured in turns, and told.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use http::StatusCode;
use kyc_test_postgres::Cluster;
use tokio::process::Child;

use super::figures::{Figures, Rounds, Target as Bound, judged, milliseconds};
use super::folder::many_policies;
use super::load::{Load, Measured, Target};
use super::nginx::Nginx;
use super::process::{Usage, listening, spawn_role};
use super::record::recorded_answer;
use crate::binary::kyc;
use crate::people::POLICY;
use crate::service::{Plan, Service, free_address};

/// How much is measured.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// How often each is measured, in turns.
    pub rounds: usize,
    /// Length of one measurement.
    pub duration: Duration,
    /// Connections of callers while everybody is as fast as possible.
    pub connections: usize,
    /// Policies of the large folder.
    pub policies: usize,
}

/// How late the slow vendor answers.
const DELAY: Duration = Duration::from_millis(20);
/// Connections for a fixed rate: far more than are ever busy at once.
const OPEN_CONNECTIONS: usize = 512;
const MEBIBYTE: f64 = 1024.0 * 1024.0;

/// One of those that are measured.
struct Contestant {
    name: &'static str,
    process: u32,
    target: Target,
}

impl Contestant {
    fn new(name: &'static str, process: u32, address: SocketAddr) -> Self {
        let path = format!("/v1/policies/{POLICY}/tokens");
        let target = Target { address, path, policies: 1, key: None, expected: StatusCode::CREATED };
        Self { name, process, target }
    }

    fn dry(name: &'static str, process: u32, address: SocketAddr) -> Self {
        let mut dry = Self::new(name, process, address);
        dry.target.path += "?dry_run=true";
        dry.target.expected = StatusCode::OK;
        dry
    }
}

/// The vendor with its answers `delay` late, and those who stand before it.
struct Stage {
    _vendor: Child,
    forwarder: (Child, SocketAddr),
    nginx: (Nginx, SocketAddr),
    service: Service,
    on_postgres: Service,
}

impl Stage {
    async fn set(
        folder: &Path,
        answer: &Path,
        delay: Duration,
        database: String,
        client: &reqwest::Client,
    ) -> Self {
        let answer = answer.display().to_string();
        let (vendor, vendor_address) = spawn_role("stand-in", &[answer, delay.as_millis().to_string()]).await;
        let forwarder = spawn_role("forwarder", &[vendor_address.to_string()]).await;
        let nginx_address = free_address();
        let nginx = (Nginx::start(nginx_address, vendor_address), nginx_address);
        listening(nginx_address).await;
        let folder = folder.join(format!("{}-ms", delay.as_millis()));
        std::fs::create_dir_all(&folder).unwrap();
        let plan = measured(Plan::new(&folder, &format!("http://{vendor_address}")));
        let mut service = plan.start();
        service.ready(client).await;
        let mut on_postgres = plan.twin("node-2").with("database", database).start();
        on_postgres.ready(client).await;
        Self { _vendor: vendor, forwarder, nginx, service, on_postgres }
    }

    fn contestants(&self) -> Vec<Contestant> {
        let (forwarder, forwarder_address) = &self.forwarder;
        let (nginx, nginx_address) = &self.nginx;
        vec![
            Contestant::new("nginx", nginx.id(), *nginx_address),
            Contestant::new("forwarder", forwarder.id().unwrap(), *forwarder_address),
            Contestant::new("kyc serve, SQLite", self.service.id(), self.service.address()),
            Contestant::new("kyc serve, PostgreSQL", self.on_postgres.id(), self.on_postgres.address()),
        ]
    }
}

/// Load alone, for as long as one measurement takes.
pub async fn load(address: SocketAddr, path: &str, size: Size) -> Measured {
    let is_dry = path.contains("dry_run");
    let expected = if is_dry { StatusCode::OK } else { StatusCode::CREATED };
    let policies = size.policies as u64;
    let target = Target { address, path: path.to_owned(), policies, key: None, expected };
    let load = Load { connections: size.connections, warm_up: Duration::ZERO, duration: size.duration };
    target.as_fast_as_it_answers(load).await
}

/// Bounds that are about protection, not about speed, out of the way.
fn measured(plan: Plan) -> Plan {
    plan.with("limits.concurrency", 1024)
}

/// Measures and tells.
pub async fn run(size: Size, tell: &mut dyn FnMut(String)) {
    let folder = tempfile::Builder::new().prefix("kyc-bench-").tempdir().unwrap();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = folder.path().join("answer.json");
    std::fs::write(&answer, recorded_answer().await).unwrap();

    let cluster = Cluster::start(&[]);
    let fast = Stage::set(folder.path(), &answer, Duration::ZERO, cluster.database("fast"), &client).await;
    let rate = throughput(&fast, size, tell).await;
    drop(fast);
    let slow = Stage::set(folder.path(), &answer, DELAY, cluster.database("slow"), &client).await;
    // Half of what the service can do: nobody is overloaded, and nobody idle.
    latency(&slow, size, rate / 2, tell).await;
    drop(slow);
    large_folder(folder.path(), &answer, size, &client, tell).await;
}

/// Everybody as fast as possible. Gives how many requests a second the service answered.
async fn throughput(stage: &Stage, size: Size, tell: &mut dyn FnMut(String)) -> u32 {
    let mut contestants = stage.contestants();
    let service = &stage.service;
    contestants.push(Contestant::dry("kyc serve, dry run", service.id(), service.address()));
    let load =
        Load { connections: size.connections, warm_up: Duration::from_millis(500), duration: size.duration };
    let [mut rates, mut processor, mut p99] = [(); 3].map(|()| Rounds::default());
    for _ in 0..size.rounds {
        for one in &contestants {
            let before = Usage::of(one.process).processor;
            let measured = one.target.as_fast_as_it_answers(load).await;
            let used = Usage::of(one.process).processor.saturating_sub(before);
            rates.add(one.name, measured.rate);
            processor.add(one.name, milliseconds(used) * 1000.0 / count(measured.answers));
            p99.add(one.name, milliseconds(measured.within(990)));
        }
    }
    tell(format!(
        "Requests a second over {} connections; medians of {} rounds of {} s\n",
        size.connections,
        size.rounds,
        size.duration.as_secs_f64()
    ));
    let mut figures = Figures::new(&["", "requests/s", "CPU µs each", "p99 ms", "ratio", "target"]);
    for one in &contestants {
        let value = rates.median(one.name);
        let beside = |name: &str| value / rates.median(name);
        let told = match one.name {
            "kyc serve, dry run" => [judged(beside("nginx"), Bound::AtLeast(0.9))].to_vec(),
            "kyc serve, SQLite" => vec![
                judged(beside("nginx"), Bound::AtLeast(0.25)),
                judged(beside("forwarder"), Bound::AtLeast(0.5)),
            ],
            _ => vec![[format!("{:.2}", beside("nginx")), String::new()]],
        };
        for (place, [ratio, target]) in told.into_iter().enumerate() {
            let to = if place == 0 { "nginx" } else { "the forwarder" };
            figures.line(&[
                one.name.to_owned(),
                format!("{value:.0}"),
                format!("{:.0}", processor.median(one.name)),
                format!("{:.1}", p99.median(one.name)),
                format!("{ratio} of {to}"),
                target,
            ]);
        }
    }
    tell(figures.to_string());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rate of some thousands")]
    let rate = rates.median("kyc serve, SQLite") as u32;
    rate
}

/// Everybody at the same rate, before a vendor that takes its time.
async fn latency(stage: &Stage, size: Size, rate: u32, tell: &mut dyn FnMut(String)) {
    let contestants = stage.contestants();
    let load =
        Load { connections: OPEN_CONNECTIONS, warm_up: Duration::from_secs(1), duration: size.duration };
    let mut rounds = [(); 3].map(|()| Rounds::default());
    for _ in 0..size.rounds {
        for one in &contestants {
            let measured: Measured = one.target.at_a_rate(rate, load).await;
            for (rounds, thousandth) in rounds.iter_mut().zip([500, 990, 999]) {
                rounds.add(one.name, milliseconds(measured.within(thousandth)));
            }
        }
    }
    let [p50, p99, p999] = rounds;
    tell(format!(
        "Milliseconds to the answer at {rate} requests a second, whatever becomes of them, before a vendor that takes \
         {} ms; medians of {} rounds of {} s\n",
        DELAY.as_millis(),
        size.rounds,
        size.duration.as_secs_f64()
    ));
    let mut figures = Figures::new(&["", "p50", "p99", "p99.9", "p99 beside nginx", "target"]);
    for one in &contestants {
        let ratio = p99.median(one.name) / p99.median("nginx");
        let [ratio, target] = judged(ratio, Bound::AtMost(1.5));
        figures.line(&[
            one.name.to_owned(),
            format!("{:.1}", p50.median(one.name)),
            format!("{:.1}", p99.median(one.name)),
            format!("{:.1}", p999.median(one.name)),
            ratio,
            if one.name == "kyc serve, SQLite" { target } else { String::new() },
        ]);
    }
    tell(figures.to_string());
}

/// Memory with many policies, and how soon they are served.
async fn large_folder(
    folder: &Path,
    answer: &Path,
    size: Size,
    client: &reqwest::Client,
    tell: &mut dyn FnMut(String),
) {
    let (_vendor, vendor) = spawn_role("stand-in", &[answer.display().to_string(), "0".to_owned()]).await;
    let folder = folder.join("many");
    let policies = folder.join("policies");
    many_policies(&policies, size.policies);
    let plan = measured(Plan::new(&folder, &format!("http://{vendor}")))
        .with("policies", policies.display().to_string());

    let mut times = Rounds::default();
    for _ in 0..size.rounds {
        let begin = Instant::now();
        let checked = Command::new(kyc()).arg("check").arg(&policies).output().unwrap();
        assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
        times.add("check", milliseconds(begin.elapsed()));
        let begin = Instant::now();
        let mut service = plan.start();
        service.ready(client).await;
        times.add("ready", milliseconds(begin.elapsed()));
        service.stop().await;
    }

    let mut service = plan.start();
    service.ready(client).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let idle = resident(&service);
    let mut loaded = Contestant::new("", service.id(), service.address());
    loaded.target.path = String::from("/v1/policies/policy-{}/tokens");
    loaded.target.policies = size.policies as u64;
    let load = Load { connections: size.connections, warm_up: Duration::ZERO, duration: size.duration * 2 };
    let running = tokio::spawn(async move { loaded.target.as_fast_as_it_answers(load).await });
    let mut most: f64 = 0.0;
    while !running.is_finished() {
        most = most.max(resident(&service));
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    running.await.unwrap();
    service.stop().await;

    tell(format!("With {} policies\n", size.policies));
    let mut figures = Figures::new(&["", "figure", "beside", "target"]);
    let [ratio, target] = judged(times.median("ready") / times.median("check"), Bound::AtMost(2.0));
    let (ready, check) = (times.median("ready"), times.median("check"));
    figures.line(&[
        "ready to serve".to_owned(),
        format!("{ready:.0} ms"),
        format!("{ratio} of `kyc check`, {check:.0} ms"),
        target,
    ]);
    for (name, value, bound) in [("resident, idle", idle, 64.0), ("resident, under load", most, 96.0)] {
        let [_, target] = judged(value, Bound::AtMost(bound));
        figures.line(&[name.to_owned(), format!("{value:.1} MiB"), String::new(), target]);
    }
    tell(figures.to_string());
}

#[expect(clippy::cast_precision_loss, reason = "far below what a float holds exactly")]
fn resident(service: &Service) -> f64 {
    Usage::of(service.id()).resident as f64 / MEBIBYTE
}

#[expect(clippy::cast_precision_loss, reason = "a count of requests")]
fn count(answers: u64) -> f64 {
    answers as f64
}
