//! Who asks: the caller's key, looked up in the ledger, and the caller's rate. Without keys the service answers its own
//! machine alone.

mod bearer;
mod local;
mod rate;

use std::time::Duration;

use axum::extract::FromRequestParts;
use http::request::Parts;
use tracing::warn;

pub(super) use local::only_this_machine;
pub(super) use rate::Rates;

use super::service::Service;
use crate::engine::{Caller, Code, Problem};

/// Who may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Whoever asks from this machine and under a name of this machine, for everything; for a service that listens on
    /// loopback alone.
    Local,
    /// Whoever shows a key that the ledger knows.
    Keys,
}

/// How soon to ask again when callers cannot be told apart.
const SOON: Duration = Duration::from_secs(1);

/// The caller of a request, told apart and within its rate.
#[derive(Clone, Debug)]
pub(super) struct Asking(pub(super) Caller);

impl FromRequestParts<Service> for Asking {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Problem> {
        let caller = match service.access {
            Access::Local => {
                Caller::local().map_err(|error| Problem::new(Code::Internal, error.to_string()))?
            }
            Access::Keys => with_key(parts, service).await?,
        };
        service.rates.take(&caller)?;
        Ok(Self(caller))
    }
}

async fn with_key(parts: &Parts, service: &Service) -> Result<Caller, Problem> {
    let shown = bearer::shown(&parts.headers)?;
    // The ledger compares hashes in constant time.
    match service.engine.ledger().callers().authenticate(shown).await {
        Ok(Some(caller)) => Ok(caller.into()),
        Ok(None) => Err(bearer::unknown()),
        Err(error) => {
            warn!(%error, "a caller's key cannot be looked up");
            Err(Problem::new(Code::LedgerUnavailable, "callers cannot be told apart now").retry_after(SOON))
        }
    }
}
