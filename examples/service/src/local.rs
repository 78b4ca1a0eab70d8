//! A service for the occasion, in this process. A real one is `kyc serve`, somewhere else.

use std::error::Error;
use std::path::Path;

use kyc_sandbox::{Running, Sandbox, Scenario};
use kyc_server::settings::{Input, Settings, read};
use kyc_server::start::{Serving, serve, start, start_sandbox};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Beside the examples, wherever the program is started.
const POLICIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies");

/// A service that runs.
pub(crate) struct Local {
    pub(crate) base: String,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
    /// A vendor of its own, if it is none that the service brings along.
    vendor: Option<Running>,
}

impl Local {
    /// With the stand-in that `kyc serve --sandbox` brings along.
    pub(crate) async fn start(folder: &Path) -> Result<Self, Box<dyn Error>> {
        let settings = settings(folder, &[], true)?;
        Ok(Self::run(start_sandbox(settings).await?, None))
    }

    /// With a vendor that makes sessions that demand less than it was asked for.
    pub(crate) async fn start_with_weak_vendor(folder: &Path) -> Result<Self, Box<dyn Error>> {
        let vendor = Sandbox::builder().scenario(Scenario::Weaker).build().start().await?;
        let file = |name: &str, text: &str| -> std::io::Result<String> {
            let path = folder.join(name);
            std::fs::write(&path, text)?;
            Ok(path.display().to_string())
        };
        let master =
            file("master", &format!("{}{}", uuid::Uuid::new_v4().simple(), uuid::Uuid::new_v4().simple()))?;
        let (key, secret) = (file("key", "sandbox-key")?, file("secret", "sandbox-secret")?);
        let account = format!(
            "{{ environment: development, api_key: {{ file: '{key}' }}, api_secret: {{ file: '{secret}' }}, \
             base_url: '{}' }}",
            vendor.base_url()
        );
        let master = format!("[{{ id: first, file: '{master}' }}]");
        let settings = settings(folder, &[("accounts.main", &account), ("master_keys", &master)], false)?;
        Ok(Self::run(start(settings).await?, Some(vendor)))
    }

    fn run(serving: Serving, vendor: Option<Running>) -> Self {
        let base = format!("{}://{}", serving.scheme(), serving.address());
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(serve(serving, async {
            let _ = stopped.await;
        }));
        Self { base, stop, task, vendor }
    }

    /// Ends as the command does when it is asked to.
    pub(crate) async fn stop(self) -> Result<(), Box<dyn Error>> {
        // It waits as long as the service runs.
        let _ = self.stop.send(());
        self.task.await?;
        if let Some(vendor) = self.vendor {
            vendor.shutdown().await;
        }
        Ok(())
    }
}

/// Settings as the command line brings them.
fn settings(folder: &Path, more: &[(&str, &str)], is_sandbox: bool) -> Result<Settings, Box<dyn Error>> {
    let database = format!("sqlite:{}", folder.join("kyc.db").display());
    let own = [("listen", "127.0.0.1:0"), ("policies", POLICIES), ("database", database.as_str())];
    let flags = own.iter().chain(more).map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    Ok(read(&Input { flags, is_sandbox, ..Input::default() })?.0)
}
