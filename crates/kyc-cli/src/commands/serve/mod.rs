//! `kyc serve`: tokens by policy name over HTTP.

mod flags;
mod show;

use std::path::PathBuf;

use clap::{Args, ValueHint};
use kyc_server::settings::{Settings, read};
use kyc_server::start::{Serving, prepare, probe, serve, start, start_sandbox};
use kyc_server::telemetry::{start_log, tell_panics};

use crate::commands::serve::flags::SettingFlags;
use crate::error::CommandError;
use crate::exit::Exit;
use crate::runtime::{block_on, block_on_threads};
use crate::service::{Given, refused, settings};
use crate::signals::stop;
use crate::ui::Ui;

/// Serve tokens by policy name over HTTP
///
/// Any service, in any language, asks with the name of a policy and one client's data, and gets a session token of the
/// vendor. A repeated request gets the same token and never pays twice; what became of each is kept in a database.
///
/// With `--sandbox` nothing else is needed: the vendor is a stand-in in this process, and sessions verify nobody.
/// Otherwise settings come from `kyc.yaml`, the environment and the flags below; a flag counts before a variable, a
/// variable before the file. All of them are explained in crates/kyc-server/SETTINGS.md.
#[derive(Args)]
#[command(after_help = "\
Examples:
  kyc serve --sandbox
  kyc serve --config /etc/kyc/kyc.yaml --check
  kyc serve --listen 0.0.0.0:8443 --set limits.deadline=20s")]
pub(crate) struct ServeArgs {
    /// The settings file; without it that of `KYC_CONFIG`, or `kyc.yaml` of the current folder if it is there
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    config: Option<PathBuf>,

    /// Check settings, policies, keys and database, and end
    #[arg(long, conflicts_with = "sandbox")]
    check: bool,

    /// Use a stand-in of the vendor in this process, and need no settings
    #[arg(long)]
    sandbox: bool,

    /// Ask the service that runs with these settings on this machine whether it lives, and end
    #[arg(long, conflicts_with_all = ["check", "sandbox"])]
    probe: bool,

    #[command(flatten)]
    settings: SettingFlags,
}

const HINT: &str =
    "every setting is explained by `kyc serve --help`; `kyc explain RULE` says more of a mistake";

pub(crate) fn run(args: ServeArgs, ui: &mut Ui) -> Result<Exit, CommandError> {
    let given = Given {
        config: args.config.as_deref(),
        flags: args.settings.clone().into_pairs(),
        is_sandbox: args.sandbox,
    };
    let settings = settings(given, read, HINT, ui)?;
    if args.check {
        return block_on(check(settings, ui));
    }
    if args.probe {
        return block_on(ask(settings));
    }
    let _log = start_log(settings.log);
    tell_panics();
    block_on_threads(run_service(settings, args.sandbox, ui))
}

async fn run_service(settings: Settings, is_sandbox: bool, ui: &mut Ui) -> Result<Exit, CommandError> {
    // From here on a signal ends the service as it should, however far it has come.
    let stopped = stop().map_err(|error| CommandError::usage(format!("cannot wait for signals: {error}")))?;
    let started = if is_sandbox { start_sandbox(settings).await } else { start(settings).await };
    let serving: Serving = started.map_err(|errors| refused(&errors, ui))?;
    show::serving(ui, &serving, is_sandbox)?;
    serve(serving, stopped).await;
    Ok(Exit::Fine)
}

async fn check(settings: Settings, ui: &mut Ui) -> Result<Exit, CommandError> {
    let prepared = prepare(settings).map_err(|errors| refused(&errors, ui))?;
    show::checked(ui, &prepared)?;
    let found = prepared.inspect().await.map_err(|errors| refused(&errors, ui))?;
    show::inspected(ui, &prepared, found)?;
    Ok(Exit::Fine)
}

async fn ask(settings: Settings) -> Result<Exit, CommandError> {
    probe(&settings).await.map_err(|error| CommandError::usage(error.to_string()))?;
    Ok(Exit::Fine)
}
