//! Figures of the service beside nginx and a bare forwarder, all on this machine, in one run.

mod figures;
mod folder;
mod forwarder;
mod load;
mod nginx;
mod process;
mod record;
mod run;
mod stand_in;

pub use forwarder::forward;
pub use load::Measured;
pub use process::serve_here;
pub use run::{Size, load, run};
pub use stand_in::{Answer, stand_in};
