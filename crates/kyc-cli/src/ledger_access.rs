//! The ledger of a service, from the command line: the settings of the service say where it is and what its keys are.

use std::path::PathBuf;

use clap::{Args, ValueHint};
use kyc_ledger::{Inspector, Ledger, LedgerError, OpenError};
use kyc_server::settings::{Settings, read_for_ledger};
use kyc_server::start::{LedgerAccess, database_password, ledger_access};

use crate::error::CommandError;
use crate::service::{self, Given, settings};
use crate::ui::Ui;

const HINT: &str = "name the settings of the service by `--config`, or use `--sandbox`";

/// The options that say which ledger.
#[derive(Args, Clone, Debug)]
pub(crate) struct LedgerArg {
    /// The settings file of the service; without it, `kyc.yaml` of the current folder if it is there [env: `KYC_CONFIG`]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    config: Option<PathBuf>,

    /// Where sessions are kept: `sqlite:PATH`, or `postgres://USER@HOST/DATABASE`
    #[arg(long, value_name = "URL")]
    database: Option<String>,

    /// Any setting of the service by its key, as for `kyc serve`; repeat it for more
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,

    /// Use the ledger of `kyc serve --sandbox` in the current folder
    #[arg(long)]
    sandbox: bool,
}

impl LedgerArg {
    /// The settings of the service; what is wrong with them, or worth a look, is shown.
    pub(crate) fn settings(&self, ui: &mut Ui) -> Result<Settings, CommandError> {
        let mut flags = Vec::new();
        flags.extend(self.database.clone().map(|url| ("database".to_owned(), url)));
        for pair in &self.set {
            // What has no key may be a secret that went astray, so it is not shown.
            let (key, value) = pair.split_once('=').ok_or_else(|| {
                CommandError::usage("`--set` takes KEY=VALUE, such as `database=sqlite:kyc.db`")
            })?;
            flags.push((key.trim().to_owned(), value.to_owned()));
        }
        let config = self.config.as_deref();
        settings(Given { config, flags, is_sandbox: self.sandbox }, read_for_ledger, HINT, ui)
    }

    /// The keys of the ledger, with where it is.
    pub(crate) fn access(&self, settings: &Settings, ui: &mut Ui) -> Result<LedgerAccess, CommandError> {
        ledger_access(settings, self.sandbox).map_err(|errors| service::refused(&errors, ui))
    }
}

/// Connects to look and no more: nothing is written, and no master key is needed.
pub(crate) async fn inspect(settings: &Settings) -> Result<Inspector, CommandError> {
    let password = database_password(settings).map_err(|error| service::of(&error))?;
    Inspector::open(&settings.database, password).await.map_err(|error| refused(settings, &error))
}

/// Opens the ledger beside the service, does something with it, and closes it.
pub(crate) async fn work<T>(
    settings: &Settings,
    access: LedgerAccess,
    body: impl AsyncFnOnce(&Ledger) -> Result<T, CommandError>,
) -> Result<T, CommandError> {
    let LedgerAccess { database, keys, options } = access;
    let ledger = Ledger::open(&database, keys, options).await.map_err(|error| refused(settings, &error))?;
    let done = body(&ledger).await;
    ledger.shut_down().await;
    done
}

/// Why the ledger cannot be opened.
pub(crate) fn refused(settings: &Settings, error: &OpenError) -> CommandError {
    let refused = CommandError::usage(format!("{}: {error}", settings.database));
    match error {
        OpenError::WrongKeys { .. } => refused.hint("`master_keys` of the settings names the keys"),
        OpenError::NotALedger { .. } | OpenError::Unavailable { .. } => refused.hint(
            "`--database`, or `database` of the settings, says where the ledger is; `kyc serve` makes it",
        ),
        _ => refused,
    }
}

/// Why the ledger did not do it.
pub(crate) fn failed(error: LedgerError) -> CommandError {
    let text = error.to_string();
    match error {
        LedgerError::NoSession { .. } | LedgerError::WrongState { .. } | LedgerError::NoKey { .. } => {
            CommandError::wrong(text)
        }
        LedgerError::Superseded { .. } => {
            CommandError::usage(text).hint("another tool works on the ledger at the same time; try again")
        }
        _ => CommandError::usage(text),
    }
}
