//! What was asked of the vendor, and what became of it.
//!
//! The ledger makes an intent durable before the vendor is called and its outcome after, so that no session is bought
//! twice for one request and none is lost sight of. It keeps what happened in a history that nobody without the key can
//! change unseen, seals tokens, knows callers by hashes of their keys, and shares the rate budget of an account between
//! instances. It lives in a SQLite file or a PostgreSQL database, by the same rules.
//!
//! It never calls the vendor, knows no HTTP and no rule of a policy, and reads neither environment nor settings.

mod bytes32;
mod callers;
mod claim;
mod commands;
mod db;
mod environment;
mod erasure;
mod error;
pub mod history;
mod ids;
mod inspect;
mod inspector;
pub mod keys;
mod ledger;
mod moment;
mod options;
mod outcome;
mod rate;
pub mod seal;
mod session;
mod token;
mod unknown;
mod url;
mod verify;
mod work;

pub use bytes32::Malformed32;
pub use callers::{
    ApiKeyError, ApiKeyText, Caller, CallerKey, Callers, KeyName, NewCaller, Scope, UnknownScope,
};
pub use claim::{Claim, Claimed, Lease, PersonalBytes, PolicyRecord, Recalled};
pub use environment::{Environment, UnknownEnvironment};
pub use erasure::{Due, EraseReason, Erased};
pub use error::{LedgerError, OpenError};
pub use ids::{CallerId, IdError, IdempotencyKey, Instance, SessionId};
pub use inspect::{Inspected, inspect};
pub use inspector::{HistoryEntry, Inspector};
pub use ledger::Ledger;
pub use moment::moment;
pub use options::{LedgerOptions, Role};
pub use outcome::{Answer, Outcome};
pub use rate::RateSlice;
pub use session::{Refusal, Session, State, UnknownState};
pub use token::IssuedToken;
pub use unknown::{Found, Resolution, Unknown};
pub use url::{DatabaseUrl, DatabaseUrlError};
pub use verify::{Finding, FindingKind, Report, verify};
