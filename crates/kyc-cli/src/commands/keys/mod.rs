//! `kyc keys`: which services may ask for tokens, and what each may do.

mod add;
mod list;
mod revoke;

use clap::{Args, Subcommand};

use crate::error::CommandError;
use crate::exit::Exit;
use crate::ui::Ui;

/// Make, list and revoke the keys by which callers ask the service
///
/// These commands may be used while the service runs: it takes a key within two seconds, and lets go of a revoked one. A service
/// that answered everybody on its machine, because nobody had a key, answers no one without a key from the first one on.
#[derive(Args)]
#[command(after_help = "\
Examples:
  kyc keys add --name shop --policies 'eu-*' --scope issue,read
  kyc keys list
  kyc keys revoke AbCdEfGhIjKl")]
pub(crate) struct KeysArgs {
    #[command(subcommand)]
    command: KeysCommand,
}

#[derive(Subcommand)]
enum KeysCommand {
    Add(add::AddArgs),
    List(list::ListArgs),
    Revoke(revoke::RevokeArgs),
}

pub(crate) fn run(args: &KeysArgs, ui: &mut Ui) -> Result<Exit, CommandError> {
    match &args.command {
        KeysCommand::Add(args) => add::run(args, ui),
        KeysCommand::List(args) => list::run(args, ui),
        KeysCommand::Revoke(args) => revoke::run(args, ui),
    }
}
