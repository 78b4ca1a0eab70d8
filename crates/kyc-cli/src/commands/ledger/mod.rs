//! `kyc ledger`: what a service has done, and whether its records are what was written.

mod heads;
mod resolve;
mod show;
mod verify;

use clap::{Args, Subcommand};

use crate::error::CommandError;
use crate::exit::Exit;
use crate::ui::Ui;

/// Verify and read what a service has recorded
///
/// The ledger holds every session that was asked for and a history of what became of it, chained by a key outside the
/// database. These commands may be used while the service runs.
#[derive(Args)]
#[command(after_help = "\
Examples:
  kyc ledger verify --heads /mnt/heads/heads.jsonl
  kyc ledger show 01a20dea019d7711ab7abf5bb206a27c")]
pub(crate) struct LedgerArgs {
    #[command(subcommand)]
    command: LedgerCommand,
}

#[derive(Subcommand)]
enum LedgerCommand {
    Verify(verify::VerifyArgs),
    Heads(heads::HeadsArgs),
    Show(show::ShowArgs),
    Resolve(resolve::ResolveArgs),
}

pub(crate) fn run(args: &LedgerArgs, ui: &mut Ui) -> Result<Exit, CommandError> {
    match &args.command {
        LedgerCommand::Verify(args) => verify::run(args, ui),
        LedgerCommand::Heads(args) => heads::run(args, ui),
        LedgerCommand::Show(args) => show::run(args, ui),
        LedgerCommand::Resolve(args) => resolve::run(args, ui),
    }
}
