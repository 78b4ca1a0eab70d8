//! A faithful stand-in for the identity verification API of the vendor iDenfy: creating sessions, asking about them
//! and deleting them.
//!
//! It reads the raw JSON of a request, checks it against its own schema ([`TOKEN_REQUEST_SCHEMA`]) and answers as the
//! vendor's public documentation says. It shares no code with the crates that build requests: a stand-in made of the
//! code under test would prove nothing. Where the vendor's sources contradict each other, the stricter reading is
//! taken and the schema says so beside the field. [`Scenario`]s make it misbehave on purpose.
//!
//! Choices where the vendor is silent: unknown, repeated and very long keys are refused with `BAD_VALUE`, a body that is not
//! declared as `application/json` with `JSON_ERROR`, a body above [`MAX_BODY_BYTES`] with 413; an array of countries
//! is echoed as an array.
//!
//! # Sessions
//!
//! A session is remembered from its token request on ([`MAX_SESSIONS`] of them), also when the answer breaks. Nobody goes
//! through its checks: it is `ACTIVE` until its `expiryTime` is over and `EXPIRED` from then on, unless `dummyStatus` ended
//! it at once (the account is in a development environment unless the scenario says otherwise), with results to match and the data that was given as what the document shows. Time can be put forward by
//! [`Running::advance`], or for one request by the header [`SECONDS_LATER_HEADER`].
//!
//! A session can be deleted once its token is dead: expired, or used up by a dummy status. It is `DELETED` afterwards,
//! or `EXPIRED-DELETED` if it had run out; it keeps its `clientId` for the list, and has no data. Where no document tells, an unknown `scanRef` is a `BAD_VALUE`
//! with status 400: the vendor's standard errors are 400, and its 404 means a wrong path. The vendor restricts accounts
//! that poll the status; the stand-in does not.
//!
//! It holds no real data and knows only its configured key pair. Never expose it: bind a loopback address, send it
//! no personal data of real people. Recorded requests stay in memory and are bounded.
//!
//! ```no_run
//! # async fn example() -> std::io::Result<()> {
//! use kyc_sandbox::{Sandbox, Scenario};
//!
//! let running = Sandbox::builder().scenario(Scenario::RateLimitedOnce).build().start().await?;
//! // ... send requests to running.base_url() ...
//! assert!(running.received().is_empty());
//! running.shutdown().await;
//! # Ok(())
//! # }
//! ```

mod auth;
mod clock;
mod echo;
mod errors;
mod fault;
mod found;
mod journal;
mod json;
mod outcome;
mod random;
mod routes;
mod running;
mod sandbox;
mod scenario;
mod schema;
mod semantics;
mod sessions;
mod shared;
mod validate;

pub use crate::clock::SECONDS_LATER_HEADER;
pub use crate::errors::{Identifier, Refusal};
pub use crate::fault::HUGE_BYTES;
pub use crate::journal::{MAX_RECORDED, MAX_RECORDED_BYTES, Received};
pub use crate::routes::MAX_BODY_BYTES;
pub use crate::running::Running;
pub use crate::sandbox::{Builder, DEFAULT_SLOW_DELAY, Sandbox};
pub use crate::scenario::{SCENARIO_HEADER, Scenario, UnknownScenario};
pub use crate::schema::TOKEN_REQUEST_SCHEMA;
pub use crate::sessions::MAX_SESSIONS;
pub use crate::validate::validate;
