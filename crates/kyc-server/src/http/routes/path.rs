//! Parts of a path.

use std::str::FromStr;

use axum::RequestPartsExt as _;
use axum::extract::{FromRequestParts, Path};
use http::request::Parts;
use kyc_ledger::SessionId;

use crate::engine::{Code, Problem};

/// The name of a policy, as it was asked for.
#[derive(Debug)]
pub(in crate::http) struct Name(pub(super) String);

/// The id of a session. One that cannot be an id is none that exists.
#[derive(Debug)]
pub(in crate::http) struct Id(pub(super) SessionId);

impl<S: Send + Sync> FromRequestParts<S> for Name {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        match parts.extract::<Path<String>>().await {
            Ok(Path(name)) => Ok(Self(name)),
            // No name has such bytes.
            Err(_) => Err(Problem::new(Code::PolicyNotFound, "no policy has such a name")),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let text = parts.extract::<Path<String>>().await.ok();
        let id = text.and_then(|Path(text)| SessionId::from_str(&text).ok());
        id.map(Self).ok_or_else(no_session)
    }
}

/// There is no such session, or not for this caller: in the same words.
pub(super) fn no_session() -> Problem {
    Problem::new(Code::SessionNotFound, "the caller has no session of this id")
}
