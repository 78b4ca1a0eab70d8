//! Configuring a client.

use std::error::Error as StdError;
use std::fmt;
use std::ops::RangeInclusive;
use std::time::Duration;

use kyc_core::{ApiKey, ApiSecret};
use thiserror::Error;

use crate::attempts::Limits;
use crate::auth;
use crate::base::{BaseUrl, BaseUrlError};
use crate::client::Client;
use crate::http::HttpTransport;
use crate::transport::Transport;

/// Of every duration.
const DURATION: RangeInclusive<Duration> = Duration::from_millis(1)..=Duration::from_hours(1);
const ATTEMPTS: RangeInclusive<usize> = 1..=10;
const ANSWER: RangeInclusive<usize> = 1024..=64 * 1024 * 1024;

/// Configures a [`Client`]. What is out of bounds is told by [`ClientBuilder::build`].
#[must_use = "a client comes out of `build`"]
pub struct ClientBuilder {
    key: ApiKey,
    secret: ApiSecret,
    base_url: String,
    connect_timeout: Duration,
    limits: Limits,
    transport: Option<Box<dyn Transport>>,
}

/// Why a client cannot be built.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum BuildError {
    /// The address of the API.
    #[error(transparent)]
    BaseUrl(#[from] BaseUrlError),
    /// A number or duration is out of bounds: its name and the bounds.
    #[error("`{name}` must be {bounds}")]
    OutOfBounds {
        /// Which one, by the name of its method.
        name: &'static str,
        /// What it must be.
        bounds: &'static str,
    },
    /// The credentials cannot be put into a header.
    #[error("the credentials do not fit into a header")]
    Credentials,
    /// TLS cannot be set up: without trusted root certificates, for one.
    #[error("TLS cannot be set up")]
    Tls(#[source] Option<Box<dyn StdError + Send + Sync>>),
}

impl ClientBuilder {
    pub(crate) fn new(key: ApiKey, secret: ApiSecret) -> Self {
        Self {
            key,
            secret,
            base_url: BaseUrl::DEFAULT.to_owned(),
            connect_timeout: Duration::from_secs(5),
            limits: Limits {
                attempt: Duration::from_secs(30),
                total: Duration::from_mins(1),
                attempts: 3,
                first_pause: Duration::from_millis(500),
                longest_pause: Duration::from_secs(10),
                answer: 1024 * 1024,
            },
            transport: None,
        }
    }

    /// Where the API is; by default [`BaseUrl::DEFAULT`]. See [`BaseUrl`] for what is allowed.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// How long a connection may take to come up, TLS included; 1 ms to 1 h, by default 5 s.
    ///
    /// Without effect on a transport of your own.
    pub const fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long one attempt may take, up to the last byte of the answer; 1 ms to 1 h, by default 30 s.
    pub const fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.limits.attempt = timeout;
        self
    }

    /// How long a call may take with all its attempts and the pauses between them; 1 ms to 1 h, by default 60 s.
    pub const fn deadline(mut self, deadline: Duration) -> Self {
        self.limits.total = deadline;
        self
    }

    /// How often a call is attempted at most, the first time included; 1 to 10, by default 3.
    ///
    /// Only what may be is attempted again: see [`crate::Error::is_retryable`].
    pub const fn attempts(mut self, attempts: usize) -> Self {
        self.limits.attempts = attempts;
        self
    }

    /// The pauses between attempts: they double from `first` up to `longest`, and each grows by a random part of
    /// itself; 1 ms to 1 h, by default 500 ms and 10 s. A longer `Retry-After` of the vendor is honoured.
    pub const fn pauses(mut self, first: Duration, longest: Duration) -> Self {
        self.limits.first_pause = first;
        self.limits.longest_pause = longest;
        self
    }

    /// The longest answer that is read, in bytes; 1 KiB to 64 MiB, by default 1 MiB.
    pub const fn answer_limit(mut self, bytes: usize) -> Self {
        self.limits.answer = bytes;
        self
    }

    /// Sends over this instead of [`HttpTransport`].
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Box::new(transport));
        self
    }

    /// The client.
    pub fn build(self) -> Result<Client, BuildError> {
        let base = BaseUrl::new(&self.base_url)?;
        for (name, duration) in [
            ("connect_timeout", self.connect_timeout),
            ("attempt_timeout", self.limits.attempt),
            ("deadline", self.limits.total),
            ("pauses", self.limits.first_pause),
            ("pauses", self.limits.longest_pause),
        ] {
            within(&DURATION, &duration, name, "from 1 ms to 1 h")?;
        }
        within(&ATTEMPTS, &self.limits.attempts, "attempts", "from 1 to 10")?;
        within(&ANSWER, &self.limits.answer, "answer_limit", "from 1 KiB to 64 MiB")?;
        let authorization = auth::basic(&self.key, &self.secret).map_err(|_| BuildError::Credentials)?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => Box::new(
                HttpTransport::new(self.connect_timeout)
                    .map_err(|fault| BuildError::Tls(fault.into_source()))?,
            ),
        };
        Ok(Client::new(base, authorization, self.limits, transport))
    }
}

fn within<T: PartialOrd>(
    range: &RangeInclusive<T>,
    value: &T,
    name: &'static str,
    bounds: &'static str,
) -> Result<(), BuildError> {
    if range.contains(value) { Ok(()) } else { Err(BuildError::OutOfBounds { name, bounds }) }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The base URL is not checked yet and may hold credentials.
        f.debug_struct("ClientBuilder").field("limits", &self.limits).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn builder() -> ClientBuilder {
        Client::builder(ApiKey::new("key-marker").unwrap(), ApiSecret::new("secret-marker").unwrap())
    }

    #[test]
    fn the_defaults_are_a_client_of_the_vendor() {
        let client = builder().build().unwrap();
        assert_eq!(client.base_url().as_str(), "https://ivs.idenfy.com");
        assert!(!format!("{client:?} {:?}", builder()).contains("marker"));
    }

    #[test]
    fn what_is_out_of_bounds_is_named() {
        let zero = Duration::ZERO;
        for (builder, bad) in [
            (builder().attempts(0), "attempts"),
            (builder().attempts(11), "attempts"),
            (builder().connect_timeout(zero), "connect_timeout"),
            (builder().attempt_timeout(zero), "attempt_timeout"),
            (builder().deadline(Duration::MAX), "deadline"),
            (builder().pauses(zero, zero), "pauses"),
            (builder().answer_limit(0), "answer_limit"),
        ] {
            assert!(
                matches!(builder.build(), Err(BuildError::OutOfBounds { name, .. }) if name == bad),
                "{bad}"
            );
        }
        let error = builder().base_url("https://u:hidden@a.example").build().unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hidden"));
    }
}
