//! A vendor, services on one database, and callers; and the last judgement over what they did.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::Path;

use kyc_ledger::history::Heads;
use kyc_ledger::keys::{KeyId, KeyRing, MasterKey};
use kyc_ledger::verify;
use tempfile::TempDir;

use crate::caller::Caller;
use crate::service::{MASTER_KEY, Plan, Service};
use crate::story::Story;
use crate::vendor::{Mood, Vendor};

/// All of it.
#[derive(Debug)]
pub struct World {
    /// Whom sessions are bought from.
    pub vendor: Vendor,
    /// How each service is started.
    pub plans: Vec<Plan>,
    /// Those that run, in the order of their plans.
    pub services: Vec<Service>,
    /// What callers saw.
    pub story: Story,
    folder: TempDir,
}

impl World {
    /// One service with an `SQLite` file, in front of a vendor. `change` has the last word on its settings.
    pub async fn with(mood: Mood, change: impl FnOnce(Plan) -> Plan) -> Self {
        let folder = tempfile::Builder::new().prefix("kyc-service-").tempdir().unwrap();
        let vendor = Vendor::start(mood).await;
        let plan = Plan::new(folder.path(), &vendor.base_url())
            // A vendor of these tests is late by milliseconds; nothing of it is under way a second later.
            .with("reconcile.quiet", "1s")
            .with("reconcile.every", "1s")
            .with("limits.deadline", "5s")
            .with("history.heads", folder.path().join("node-1.heads").display().to_string())
            .with("history.every", "1s");
        let plans = vec![change(plan)];
        Self { vendor, plans, services: Vec::new(), story: Story::default(), folder }
    }

    /// The same with two services on one PostgreSQL database.
    pub async fn of_two(mood: Mood, database: &str) -> Self {
        let mut world = Self::with(mood, |plan| plan.with("database", database)).await;
        let heads = world.folder().join("node-2.heads").display().to_string();
        world.plans.push(world.plans[0].twin("node-2").with("history.heads", heads));
        world
    }

    /// Where its files lie.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Starts every service, and waits until all are ready.
    pub async fn start(&mut self) {
        self.services = self.plans.iter().map(Plan::start).collect();
        let caller = Caller::default();
        for service in &mut self.services {
            service.ready(caller.http()).await;
        }
    }

    /// Kills one of them and starts it again at once.
    pub async fn kill(&mut self, place: usize) {
        let next = self.services.remove(place);
        next.kill();
        let mut service = self.plans[place].start();
        service.ready(Caller::default().http()).await;
        self.services.insert(place, service);
    }

    /// Asks all to end, and starts them again: breakers are closed, and all else is as it was.
    pub async fn restart(&mut self) {
        for service in self.services.drain(..) {
            let status = service.stop().await;
            assert!(status.success(), "{status}");
        }
        self.start().await;
    }

    /// Where the services listen.
    pub fn addresses(&self) -> Vec<SocketAddr> {
        self.plans.iter().map(|plan| plan.address).collect()
    }

    /// Waits until all is settled before a vendor that is well again, ends the services, and compares what callers saw
    /// with the vendor's own list, with the ledger, and the ledger with itself.
    ///
    /// # Panics
    ///
    /// If anything is as it must not be. `told` begins the text.
    pub async fn judge(mut self, told: &str) -> Story {
        self.vendor.set(Mood::default());
        self.story.settle(&self.addresses()).await;
        let clients: BTreeSet<String> = self.story.keys().into_iter().map(|key| key.client).collect();
        let vendor = self.vendor.sessions(clients.iter().map(String::as_str)).await;
        let caller = Caller::default();
        let mut known = BTreeMap::new();
        for client in &clients {
            known.insert(client.clone(), caller.known_references(self.plans[0].address, client).await);
        }
        let mut wrong = self.story.judge(&vendor, &known);
        let twice = self.vendor.overlaps();
        wrong.extend(twice.iter().map(|client| format!("{client} had two calls to the vendor at once")));
        for service in self.services.drain(..) {
            let status = service.stop().await;
            if !status.success() {
                wrong.push(format!("kyc serve ended with {status}"));
            }
        }
        for plan in &self.plans {
            wrong.extend(verified(plan).await);
        }
        if !wrong.is_empty() {
            let kept = self.folder.keep();
            panic!("{told}: {}\nfiles are kept in {}", wrong.join("\n"), kept.display());
        }
        self.story
    }
}

/// What of the ledger is not what was written, compared with the heads that a service has exported.
async fn verified(plan: &Plan) -> Vec<String> {
    let word = |key: &str| plan.settings[key].as_str().unwrap().to_owned();
    let key = (KeyId::new("2026-11").unwrap(), MasterKey::from_text(MASTER_KEY).unwrap());
    let ring = KeyRing::new(vec![key]).unwrap();
    // The first is exported some time after the start.
    let heads = Heads::read(Path::new(plan.settings["history"]["heads"].as_str().unwrap()));
    let heads = heads.map(|heads| heads.heads).unwrap_or_default();
    let database = word("database").parse().unwrap();
    let report = verify(&database, None, &ring, &heads).await.unwrap();
    report.findings.iter().map(ToString::to_string).collect()
}
