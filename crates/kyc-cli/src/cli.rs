//! The command line as a whole: options of all commands, and the way to the one that was asked for.

use std::env;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgAction, Parser};
use tracing_subscriber::filter::LevelFilter;

use crate::commands::Command;
use crate::error::CommandError;
use crate::exit::{self, Exit};
use crate::ui::Ui;

/// Identity-verification policies as code
///
/// A policy says what is demanded of the people you verify with iDenfy: countries, documents, ages, checks. It is a
/// YAML file in a folder. `kyc` checks the folder and issues verification tokens by a policy's name.
#[derive(Parser)]
#[command(name = "kyc", version, after_help = exit::HELP, after_long_help = LONG_HELP, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,

    /// Tell on standard error what happens on the way; twice for more. No personal value is ever told
    #[arg(short, long, global = true, action = ArgAction::Count)]
    verbose: u8,
}

const LONG_HELP: &str = "\
Begin with:
  kyc new shop               write a first policy, policies/shop.yaml
  kyc check                  see what is wrong with it
  kyc issue shop --sandbox --client-id c-1 --set first_name=Ann --set date_of_birth=1990-05-15
                             issue a token without the vendor

Exit codes:
  0  nothing is wrong; warnings do not count
  1  a policy, the client's data or the ledger is wrong
  2  wrong use of the command, or something cannot be read or written
  3  the vendor refused, could not be reached, or gave an unusable answer
  4  `kyc diff`: a change is of a kind that somebody has to agree to first

Environment:
  KYC_POLICIES                             the folder of policies
  KYC_API_KEY, KYC_API_SECRET              the account's credentials
  KYC_API_KEY_FILE, KYC_API_SECRET_FILE    files that hold them, one each
  KYC_VENDOR_URL                           where the vendor's API is
  NO_COLOR                                 no colours";

/// Runs the command that was asked for.
pub(crate) fn run(ui: &mut Ui) -> Result<Exit, CommandError> {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return answer(error),
    };
    log(cli.verbose);
    cli.command.run(ui)
}

/// Help and version are answers too; the rest is wrong use.
fn answer(error: clap::Error) -> Result<Exit, CommandError> {
    if may_be_personal(&error) {
        return Err(CommandError::usage(
            "an argument belongs to no option; it is not shown, since it may be personal",
        )
        .hint("quote a value with spaces: `--set 'first_name=Ann Mary'`; `--help` lists the options"));
    }
    let exit = if error.use_stderr() { Exit::Usage } else { Exit::Fine };
    // Nobody is left to tell when the reader has gone.
    let _ = error.print();
    Ok(exit)
}

/// Whether clap would repeat a word that may be half of a client's value, such as `Mary` of `--set name=Ann Mary`.
fn may_be_personal(error: &clap::Error) -> bool {
    let takes_data = || env::args_os().any(|argument| argument == "issue" || argument == "request");
    let is_option = |text: &str| text.starts_with("--");
    error.kind() == ErrorKind::UnknownArgument
        && takes_data()
        && !matches!(error.get(ContextKind::InvalidArg), Some(ContextValue::String(text)) if is_option(text))
}

/// What the libraries of this workspace tell; others may tell more than is safe, so they stay silent.
fn log(verbose: u8) {
    use tracing_subscriber::layer::SubscriberExt as _;
    use tracing_subscriber::util::SubscriberInitExt as _;
    use tracing_subscriber::{Layer as _, filter::Targets, fmt};

    let level = match verbose {
        0 => return,
        1 => LevelFilter::INFO,
        _ => LevelFilter::DEBUG,
    };
    let ours = Targets::new().with_target("kyc", level).with_target("kyc_client", level);
    let told = fmt::layer().with_writer(std::io::stderr).with_ansi(false).without_time().with_target(false);
    // It fails only where a subscriber is set already, and none is.
    let _ = tracing_subscriber::registry().with(told.with_filter(ours)).try_init();
}
