//! Who asks: the caller's key, looked up in the ledger, and the caller's rate. Until there is a key the service answers
//! its own machine alone.

mod bearer;
mod door;
mod local;
mod rate;

use axum::extract::FromRequestParts;
use http::request::Parts;

pub use door::Access;
pub(super) use door::Door;
pub(super) use local::only_this_machine;
pub(super) use rate::Rates;

use super::service::Service;
use crate::engine::{Caller, Code, Problem};

/// The caller of a request, told apart and within its rate.
#[derive(Clone, Debug)]
pub(super) struct Asking(pub(super) Caller);

impl FromRequestParts<Service> for Asking {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Problem> {
        let caller = if service.door.asks_for_keys().await? {
            with_key(parts, service).await?
        } else {
            Caller::local().map_err(|error| Problem::new(Code::Internal, error.to_string()))?
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
        Err(error) => Err(door::unknown_callers(&error)),
    }
}
