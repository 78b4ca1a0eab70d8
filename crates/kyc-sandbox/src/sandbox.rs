//! Settings of a stand-in, and how to start it.

use std::future::Future;
use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::AtomicU32;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::auth::Credentials;
use crate::clock::Clock;
use crate::journal::Journal;
use crate::running::Running;
use crate::scenario::Scenario;
use crate::sessions::Sessions;
use crate::shared::{Shared, Tokens};

/// How late the `slow` scenario answers unless told otherwise.
pub const DEFAULT_SLOW_DELAY: Duration = Duration::from_secs(30);

/// A stand-in that is configured but not running.
#[derive(Clone, Debug)]
pub struct Sandbox {
    credentials: Credentials,
    scenario: Scenario,
    slow_delay: Duration,
    rate_limited_first: u32,
    base_url: Option<String>,
}

/// Collects the settings of a [`Sandbox`].
#[derive(Clone, Debug)]
#[must_use]
pub struct Builder(Sandbox);

impl Builder {
    /// The key pair to accept; `sandbox-key` and `sandbox-secret` by default.
    pub fn credentials(mut self, key: impl Into<String>, secret: impl Into<String>) -> Self {
        self.0.credentials = Credentials::new(key, secret);
        self
    }

    /// How to answer requests that do not pick a scenario by header; [`Scenario::Normal`] by default.
    pub const fn scenario(mut self, scenario: Scenario) -> Self {
        self.0.scenario = scenario;
        self
    }

    /// How late [`Scenario::Slow`] answers; [`DEFAULT_SLOW_DELAY`] by default.
    pub const fn slow_delay(mut self, delay: Duration) -> Self {
        self.0.slow_delay = delay;
        self
    }

    /// How many requests [`Scenario::RateLimitedOnce`] refuses over the life of the stand-in; 1 by default.
    pub const fn rate_limited_first(mut self, requests: u32) -> Self {
        self.0.rate_limited_first = requests;
        self
    }

    /// What `redirectUrl` starts with, without a final slash; `http://` and the bound address by default.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.0.base_url = Some(url.into());
        self
    }

    /// The configured stand-in.
    pub fn build(self) -> Sandbox {
        self.0
    }
}

impl Sandbox {
    /// The settings to begin with.
    pub fn builder() -> Builder {
        Builder(Self {
            credentials: Credentials::default(),
            scenario: Scenario::default(),
            slow_delay: DEFAULT_SLOW_DELAY,
            rate_limited_first: 1,
            base_url: None,
        })
    }

    /// Serves on the listener until `shutdown` ends, then lets open requests finish for a moment.
    ///
    /// Give it a loopback listener: nothing here is meant for a network.
    pub async fn serve(
        self,
        listener: TcpListener,
        shutdown: impl Future<Output = ()> + Send,
    ) -> io::Result<()> {
        let running = self.start_on(listener)?;
        shutdown.await;
        running.shutdown().await;
        Ok(())
    }

    /// Runs in the background on a free loopback port, for tests and one-off commands.
    pub async fn start(self) -> io::Result<Running> {
        self.start_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?)
    }

    /// Runs in the background on the listener. Must be called inside a tokio runtime.
    pub fn start_on(self, listener: TcpListener) -> io::Result<Running> {
        let base_url = match self.base_url {
            Some(url) => url,
            None => format!("http://{}", listener.local_addr()?),
        };
        let (stop, closing) = watch::channel(());
        let shared = Arc::new(Shared {
            credentials: self.credentials,
            scenario: self.scenario,
            slow_delay: self.slow_delay,
            base_url,
            journal: Journal::default(),
            tokens: Tokens::default(),
            sessions: Sessions::default(),
            clock: Clock::start(),
            refusals_left: AtomicU32::new(self.rate_limited_first),
            closing,
        });
        Ok(Running::new(listener, shared, stop))
    }
}
