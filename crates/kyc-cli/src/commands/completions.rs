//! `kyc completions`: what a shell needs to complete `kyc` on the Tab key.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::cli::Cli;
use crate::error::CommandError;
use crate::exit::Exit;
use crate::ui::Ui;

/// Write the completions of a shell to standard output
#[derive(Args)]
#[command(after_help = "\
Examples:
  kyc completions bash > ~/.local/share/bash-completion/completions/kyc
  kyc completions zsh > ~/.zfunc/_kyc
  kyc completions fish > ~/.config/fish/completions/kyc.fish")]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

pub(crate) fn run(args: &CompletionsArgs, ui: &mut Ui) -> Result<Exit, CommandError> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "kyc", &mut script);
    ui.bytes(&script)?;
    Ok(Exit::Fine)
}
