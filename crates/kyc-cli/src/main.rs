//! The `kyc` command: policies are checked, explained and listed; requests are shown; tokens are issued.
//!
//! A command is a file under `commands/` with its arguments and one `run`. It writes through [`ui::Ui`], returns how
//! it ended as [`exit::Exit`], and gives up with a [`error::CommandError`] that says what, why and what to do.

mod cli;
mod client_data;
mod commands;
mod credentials;
mod error;
mod exit;
mod files;
mod format;
mod ledger_access;
mod places;
mod problems;
mod refusal;
mod report;
mod runtime;
mod service;
mod signals;
mod ui;

use std::process::ExitCode;

// It gives back what is not needed any more, even while nobody asks: `.cargo/config.toml` says how soon.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

// The other one has no thread for that elsewhere.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let mut ui = ui::Ui::new();
    let exit = cli::run(&mut ui).unwrap_or_else(|error| {
        ui.error(&error);
        error.exit()
    });
    exit.into()
}
