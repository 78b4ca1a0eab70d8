//! Issuing by name, for callers: what is asked, what becomes of it, and why not. It knows no HTTP of its own side.

mod account;
mod answer;
mod call;
mod caller;
mod code;
mod failure;
mod flights;
mod gate;
mod glob;
mod issue;
mod options;
mod policies;
mod problem;
mod reconcile;
mod reply;
mod running;
mod sessions;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod wait;

pub use account::{Account, Accounts, AccountsError, Uncovered};
pub use caller::Caller;
pub use code::{About, Code};
pub use glob::{MalformedGlob, PolicyGlob, PolicyGlobs};
pub use options::{BreakerOptions, EngineOptions, ReconcileOptions};
pub use policies::PolicySet;
pub use problem::{Problem, Violation};
pub use reply::{DryRun, Reply};
pub use running::Engine;
