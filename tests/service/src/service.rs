//! `kyc serve` in a process of its own.

use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::binary::{ROOT, kyc};

/// The vendor's key pair, as the settings name it.
pub const API_KEY: &str = "vendor-key-6b1d90";
/// See [`API_KEY`].
pub const API_SECRET: &str = "vendor-secret-f27c41";

/// The key that chains the history and seals tokens.
pub const MASTER_KEY: &str = "5a1e9c0377d2b84f6e0a9d1c3b5f7e2468ac13579bdf02468ace13579bdf0246";

/// How a service is started: its settings, a folder for its files, and what else its process gets.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Where the settings, the log and an `SQLite` file lie.
    pub folder: PathBuf,
    /// The settings, as in `kyc.yaml`.
    pub settings: Value,
    /// Variables of its environment.
    pub environment: Vec<(String, String)>,
    /// A command that is put before it, such as one that bounds what it may write.
    pub before: Vec<String>,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Plan {
    /// A service with an `SQLite` file, in front of a vendor.
    pub fn new(folder: &Path, vendor: &str) -> Self {
        let master_key = folder.join("master-key");
        if !master_key.exists() {
            write_private(&master_key, MASTER_KEY);
        }
        let address = free_address();
        let settings = json!({
            "listen": address.to_string(),
            "policies": format!("{ROOT}/policies"),
            "database": format!("sqlite:{}", folder.join("kyc.db").display()),
            "instance": "node-1",
            "master_keys": [{ "id": "2026-11", "file": master_key }],
            "accounts": { "main": {
                "environment": "development",
                "base_url": vendor,
                "api_key": { "env": "VENDOR_API_KEY" },
                "api_secret": { "env": "VENDOR_API_SECRET" },
                "policies": ["*"],
                "rate_per_hour": 1_000_000,
            } },
        });
        let environment = vec![
            ("VENDOR_API_KEY".to_owned(), API_KEY.to_owned()),
            ("VENDOR_API_SECRET".to_owned(), API_SECRET.to_owned()),
        ];
        Self { folder: folder.to_owned(), settings, environment, before: Vec::new(), address }
    }

    /// With one setting changed; a dot leads into a section.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        let place = key.split('.').fold(&mut self.settings, |place, part| &mut place[part]);
        *place = value.into();
        self
    }

    /// The same service once more under another name and on another port, on the same database.
    #[must_use]
    pub fn twin(&self, instance: &str) -> Self {
        let address = free_address();
        let mut twin = self.clone().with("instance", instance).with("listen", address.to_string());
        twin.address = address;
        twin
    }

    fn instance(&self) -> &str {
        self.settings["instance"].as_str().unwrap()
    }

    /// Where everything goes that it writes to standard output and standard error, over all its starts.
    pub fn log(&self) -> PathBuf {
        self.folder.join(format!("{}.log", self.instance()))
    }

    /// Writes the settings and gives a command that reads them.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let path = self.folder.join(format!("{}.yaml", self.instance()));
        fs::write(&path, self.settings.to_string()).unwrap();
        let mut line: Vec<&str> = self.before.iter().map(String::as_str).collect();
        line.push(kyc().to_str().unwrap());
        let mut command = Command::new(line[0]);
        command.args(&line[1..]).args(arguments).arg("--config").arg(path);
        command.envs(self.environment.iter().cloned()).stdin(Stdio::null()).current_dir(&self.folder);
        command
    }

    /// Starts it.
    pub fn start(&self) -> Service {
        let log = OpenOptions::new().create(true).append(true).open(self.log()).unwrap();
        let mut command = self.command(&["serve"]);
        command.stdout(log.try_clone().unwrap()).stderr(log);
        Service { child: command.spawn().unwrap(), address: self.address, log: self.log() }
    }
}

/// A running `kyc serve`. Dropping it kills it.
#[derive(Debug)]
pub struct Service {
    child: Child,
    address: SocketAddr,
    log: PathBuf,
}

impl Service {
    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits until it says that it is ready, and tells how long that took.
    pub async fn ready(&mut self, client: &reqwest::Client) -> Duration {
        let begin = Instant::now();
        let url = format!("http://{}/readyz", self.address);
        loop {
            if let Ok(answer) = client.get(&url).send().await
                && answer.status().is_success()
            {
                return begin.elapsed();
            }
            if let Some(status) = self.child.try_wait().unwrap() {
                panic!("kyc serve ended with {status}:\n{}", self.tail());
            }
            assert!(begin.elapsed() < Duration::from_mins(1), "kyc serve is not ready:\n{}", self.tail());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// The end of its log.
    pub fn tail(&self) -> String {
        let text = fs::read(&self.log).unwrap_or_default();
        String::from_utf8_lossy(&text[text.len().saturating_sub(4000)..]).into_owned()
    }

    /// `kill -9`: nothing of it runs any more when this returns.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to end, and waits until it has.
    pub async fn stop(mut self) -> ExitStatus {
        let status = Command::new("kill").args(["-TERM", &self.id().to_string()]).status().unwrap();
        assert!(status.success());
        let end = Instant::now() + Duration::from_mins(1);
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < end, "kyc serve does not end:\n{}", self.tail());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Whether it still runs.
    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An address whose port is free now, for programs that must keep it over their starts.
pub fn free_address() -> SocketAddr {
    (Ipv4Addr::LOCALHOST, kyc_test_postgres::free_port()).into()
}

/// A file that only its owner reads.
pub fn write_private(path: &Path, text: &str) {
    let mut file: File =
        OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(path).unwrap();
    file.write_all(text.as_bytes()).unwrap();
}
