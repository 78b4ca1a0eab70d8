//! Callers: the services that may ask for tokens, and their keys.

mod api_key;
mod caller;
mod store;

pub use api_key::{ApiKeyError, ApiKeyText};
pub use caller::{Caller, CallerKey, KeyName, NewCaller, Scope, UnknownScope};
pub use store::Callers;
