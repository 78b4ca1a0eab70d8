//! Issuing by name, for callers: what is asked, what becomes of it, and why not. It knows no HTTP of its own side.

mod account;
mod caller;
mod code;
mod glob;
mod options;
mod policies;
mod problem;
mod reply;
#[cfg(test)]
mod testing;

pub use account::{Account, Accounts, AccountsError, Uncovered};
pub use caller::Caller;
pub use code::{About, Code};
pub use glob::{MalformedGlob, PolicyGlob, PolicyGlobs};
pub use options::{BreakerOptions, EngineOptions, ReconcileOptions};
pub use policies::PolicySet;
pub use problem::{Problem, Violation};
pub use reply::{DryRun, Reply};
