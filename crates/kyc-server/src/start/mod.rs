//! From settings to a running service, and back to nothing: what is got ready, opened and started, in which order, and
//! how it ends.
//!
//! Whatever can be found wrong without changing anything is found first. The address is taken before the database, so
//! that a second service on the same machine does not take an instance over and fail then.

mod error;
mod example;
mod ledger;
mod prepare;
mod probe;
mod sandbox;
mod serving;

pub use kyc_ledger::Inspected;

pub use error::{StartError, StartErrors};
pub use example::{Example, example};
pub use ledger::{LedgerAccess, database_password, ledger_access};
pub use prepare::{Prepared, prepare};
pub use probe::{ProbeError, probe};
pub use serving::{Serving, serve, start, start_sandbox};
