//! A vendor, services on one database, and callers; and the last judgement over what they did.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;

use tempfile::TempDir;

use crate::caller::Caller;
use crate::service::{Plan, Service};
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
            .with("limits.deadline", "2s")
            .with("history.heads", folder.path().join("heads.jsonl").display().to_string())
            .with("history.every", "1s");
        let plans = vec![change(plan)];
        Self { vendor, plans, services: Vec::new(), story: Story::default(), folder }
    }

    /// Where its files lie.
    pub fn folder(&self) -> &std::path::Path {
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
        wrong.extend(verify(&self.plans[0]));
        if !wrong.is_empty() {
            let kept = self.folder.keep();
            panic!("{told}: {}\nfiles are kept in {}", wrong.join("\n"), kept.display());
        }
        self.story
    }
}

/// What `kyc ledger verify` has to say, if it finds anything.
pub fn verify(plan: &Plan) -> Option<String> {
    let output = plan.command(&["ledger", "verify"]).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (!output.status.success()).then(|| format!("kyc ledger verify: {}", String::from_utf8_lossy(&said)))
}
