//! A service that runs.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use kyc_ledger::Ledger;
use kyc_sandbox::Running as Sandbox;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval};
use tracing::{error, info, warn};

use super::error::{StartError, StartErrors};
use super::prepare::{Prepared, prepare, prepare_with};
use super::sandbox;
use crate::engine::{BreakerOptions, Engine, EngineOptions, ReconcileOptions};
use crate::http::{self, Access, BodyLimits, ConnectionLimits, Service, Status};
use crate::reload::{News, Reload};
use crate::settings::{BreakerSettings, Settings};
use crate::telemetry::Figures;

/// How often figures are put into their buckets, if nobody reads them.
const TIDY: Duration = Duration::from_secs(5);

/// A service that is about to answer: everything is open, and the address is taken.
pub struct Serving {
    settings: Settings,
    address: SocketAddr,
    listener: TcpListener,
    tls: Option<Arc<rustls::ServerConfig>>,
    engine: Engine,
    ledger: Ledger,
    access: Access,
    reload: Reload,
    sandbox: Option<Sandbox>,
}

/// Starts a service.
///
/// # Errors
///
/// All that is wrong with what it is made of, or the first thing that cannot be opened.
pub async fn start(settings: Settings) -> Result<Serving, StartErrors> {
    let prepared = off_thread(move || prepare(settings)).await?;
    open(prepared, None).await
}

/// Starts a service with a stand-in of the vendor in this process.
///
/// # Errors
///
/// Those of [`start`].
pub async fn start_sandbox(settings: Settings) -> Result<Serving, StartErrors> {
    let (sandbox, brought) = sandbox::start(&settings).await?;
    let prepared = off_thread(move || prepare_with(settings, Some(brought))).await?;
    open(prepared, Some(sandbox)).await
}

async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StartErrors> + Send + 'static,
) -> Result<T, StartErrors> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| StartErrors::from(StartError::System("the start has a mistake of its own".to_owned())))?
}

async fn open(prepared: Prepared, sandbox: Option<Sandbox>) -> Result<Serving, StartErrors> {
    // Figures are counted from here on.
    Figures::of_process();
    let wanted = prepared.settings().listen;
    let cannot_listen = |error| StartError::Listen { address: wanted, error };
    let listener = TcpListener::bind(wanted).await.map_err(cannot_listen)?;
    let address = listener.local_addr().map_err(cannot_listen)?;
    let options = prepared.ledger_options();
    let Prepared { settings, keys, accounts, tls, reload, set, .. } = prepared;
    let failed = |error| StartError::Ledger { database: settings.database.to_string(), error };
    let ledger = Ledger::open(&settings.database, keys, options).await.map_err(failed)?;
    let access = access(&ledger, address).await.map_err(|error| match error {
        NoAccess::Ledger(error) => failed(error.into()),
        NoAccess::NoCallers => StartError::NoCallers(address),
    });
    let access = match access {
        Ok(access) => access,
        Err(error) => {
            ledger.shut_down().await;
            return Err(error.into());
        }
    };
    let engine = Engine::new(ledger.clone(), accounts, set, engine_options(&settings));
    Ok(Serving { settings, address, listener, tls, engine, ledger, access, reload, sandbox })
}

fn engine_options(settings: &Settings) -> EngineOptions {
    let reconcile = ReconcileOptions {
        quiet: settings.reconcile.quiet,
        every: settings.reconcile.every,
        ..ReconcileOptions::default()
    };
    let BreakerSettings { failures, pause, longest_pause, account_pause } = settings.breaker;
    let breaker = BreakerOptions { failures, pause, longest_pause, account_pause };
    let concurrency = usize::try_from(settings.limits.concurrency).unwrap_or(usize::MAX);
    EngineOptions {
        deadline: settings.limits.deadline,
        concurrency,
        breaker,
        reconcile,
        ..EngineOptions::default()
    }
}

enum NoAccess {
    Ledger(kyc_ledger::LedgerError),
    NoCallers,
}

/// Callers show keys as soon as there is one; until then only this machine is answered.
async fn access(ledger: &Ledger, address: SocketAddr) -> Result<Access, NoAccess> {
    if ledger.callers().is_any_in_force().await.map_err(NoAccess::Ledger)? {
        return Ok(Access::Keys);
    }
    if address.ip().is_loopback() { Ok(Access::Local) } else { Err(NoAccess::NoCallers) }
}

impl Serving {
    /// Where it is reached.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// `http` or `https`.
    pub const fn scheme(&self) -> &'static str {
        if self.tls.is_some() { "https" } else { "http" }
    }

    /// Its settings.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// What issues tokens.
    pub const fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Whether callers have to show a key; if not, everybody on this machine may ask until one has a key.
    pub fn asks_for_keys(&self) -> bool {
        self.access == Access::Keys
    }
}

/// Answers requests until `stop`, then ends or records every call that is under way.
pub async fn serve(serving: Serving, stop: impl Future<Output = ()>) {
    let Serving { settings, address, listener, tls, engine, ledger, access, reload, sandbox } = serving;
    let status = Status::default();
    let figures = Figures::of_process();
    engine.start();
    let mut chores = JoinSet::new();
    chores.spawn(reloading(reload, engine.clone(), status.clone()));
    chores.spawn(tidying(figures.clone()));
    chores.spawn(exporting(ledger.clone(), settings.history.every));
    let body = BodyLimits { size: settings.limits.body, ..BodyLimits::default() };
    let service = Service::new(engine.clone(), access, status, figures, body);
    let limits = ConnectionLimits {
        connections: usize::try_from(settings.limits.connections).unwrap_or(usize::MAX),
        drain_time: settings.limits.shutdown,
        ..ConnectionLimits::default()
    };
    info!(%address, "serving");
    let (stopping, stopped) = oneshot::channel::<()>();
    let ended = async {
        stop.await;
        info!("stopping: no new request is taken, and calls under way are ended");
        // Nobody waits for it once the listener has failed.
        let _ = stopping.send(());
        engine.stop(settings.limits.shutdown).await
    };
    let answered = http::serve(listener, tls, service, limits, async {
        let _ = stopped.await;
    });
    let (cut_off, unsettled) = tokio::join!(answered, ended);
    chores.shutdown().await;
    export(&ledger).await;
    ledger.shut_down().await;
    if let Some(sandbox) = sandbox {
        sandbox.shutdown().await;
    }
    if cut_off > 0 || unsettled > 0 {
        warn!(
            cut_off,
            unsettled, "stopped; what was not settled is looked up at the vendor at the next start"
        );
    } else {
        info!("stopped; every call was ended and recorded");
    }
}

async fn reloading(reload: Reload, engine: Engine, status: Status) {
    let tell = move |news| match news {
        News::Replaced(set) => {
            engine.replace(set);
            status.policies_taken();
        }
        News::Unchanged => status.policies_taken(),
        News::Refused { at, mistakes } => status.policies_refused(at, mistakes),
    };
    if let Err(error) = reload.run(tell).await {
        error!(%error, "the policies are not reloaded any more: signals cannot be waited for");
    }
}

/// Writes down where the history stands, now and then.
async fn exporting(ledger: Ledger, every: Duration) {
    let mut ticks = interval(every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        export(&ledger).await;
    }
}

/// Writes down where the history stands: in the file of heads, and in the log, which may be kept elsewhere.
async fn export(ledger: &Ledger) {
    match ledger.export_head().await {
        Ok(head) => info!(head = head.to_line(), "the history stands here"),
        Err(error) => error!(%error, "where the history stands could not be written down"),
    }
}

async fn tidying(figures: Figures) {
    let mut ticks = interval(TIDY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        figures.tidy();
    }
}

impl std::fmt::Debug for Serving {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Serving").field("address", &self.address).finish_non_exhaustive()
    }
}
