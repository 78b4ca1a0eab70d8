//! A faithful stand-in for the token API of the vendor iDenfy.
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
mod echo;
mod errors;
mod fault;
mod journal;
mod json;
mod random;
mod routes;
mod running;
mod sandbox;
mod scenario;
mod schema;
mod semantics;
mod shared;
mod validate;

pub use crate::errors::{Identifier, Refusal};
pub use crate::fault::HUGE_BYTES;
pub use crate::journal::{MAX_RECORDED, MAX_RECORDED_BYTES, Received};
pub use crate::routes::MAX_BODY_BYTES;
pub use crate::running::Running;
pub use crate::sandbox::{Builder, DEFAULT_SLOW_DELAY, Sandbox};
pub use crate::scenario::{SCENARIO_HEADER, Scenario, UnknownScenario};
pub use crate::schema::TOKEN_REQUEST_SCHEMA;
pub use crate::validate::validate;
