//! The vendor's HTTP API, with honest errors.
//!
//! Creating a session costs money and cannot be undone by asking again: the vendor knows no idempotency key. So the
//! question that every error answers is whether a session may exist now ([`Error::may_have_been_created`]), and a
//! request goes out again only when none can ([`Error::is_retryable`]): the request never left this machine, or the
//! vendor asked to slow down. Deleting is treated alike ([`Error::may_have_been_deleted`]). Calls that only ask change
//! nothing, and go out again after any failure that may pass.
//!
//! How this is known rather than guessed: the body of a request can be taken once, and taking it leaves a mark. No
//! library below can send it twice, and an attempt that failed without the mark sent nothing that the vendor could
//! have acted on.
//!
//! ```no_run
//! # async fn example(request: kyc_core::TokenRequest) -> Result<(), Box<dyn std::error::Error>> {
//! use kyc_client::Client;
//! use kyc_core::{ApiKey, ApiSecret};
//!
//! let client = Client::builder(ApiKey::new("key")?, ApiSecret::new("secret")?).build()?;
//! match client.create_token(&request).await {
//!     Ok(token) => println!("session {}", token.scan_ref),
//!     Err(error) if error.may_have_been_created() => eprintln!("{error}\nhelp: {}", error.hint()),
//!     Err(error) => eprintln!("{error}"),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! No error, log line or `Debug` output of this crate holds a personal value, a credential or a token. Of what the
//! vendor writes in a refusal only its identifier and the name of a known parameter are kept.
//!
//! To add a call of the vendor's API, write a file beside `token.rs`: it names the path, says what the call does at the
//! vendor (`effect.rs`), and reads the answer. Sending, retrying and sorting answers into errors are shared.

mod answer;
mod attempts;
mod auth;
mod base;
mod body;
mod builder;
mod client;
mod data;
mod delete;
mod dummy;
mod effect;
mod envelope;
mod error;
mod http;
mod identifications;
mod retry_after;
mod session_call;
mod status;
mod token;
mod transport;

pub use base::{BaseUrl, BaseUrlError};
pub use builder::{BuildError, ClientBuilder};
pub use client::Client;
pub use dummy::DummyStatus;
pub use error::{
    BodyProblem, Error, Failure, Identifier, IssuedWeaker, Redirected, Refusal, RefusalKind, Unanswered,
    Unreachable, Unreadable,
};
pub use http::HttpTransport;
pub use token::{RawAnswer, Recorded};
pub use transport::{Fault, FaultKind, Sending, Transport};
