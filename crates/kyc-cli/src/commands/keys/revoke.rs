//! `kyc keys revoke`: the end of a key.

use clap::Args;
use kyc_ledger::ApiKeyText;

use crate::error::CommandError;
use crate::exit::Exit;
use crate::ledger_access::{LedgerArg, failed, work};
use crate::runtime::block_on;
use crate::ui::Ui;

/// Revoke a key of a caller
///
/// The service refuses it within two seconds. Sessions of the caller stay; its other keys are not touched.
#[derive(Args)]
#[command(after_help = "\
Examples:
  kyc keys revoke AbCdEfGhIjKl")]
pub(crate) struct RevokeArgs {
    /// The public part of the key, as `kyc keys list` shows it
    #[arg(value_name = "KEY")]
    key: String,

    #[command(flatten)]
    ledger: LedgerArg,
}

pub(crate) fn run(args: &RevokeArgs, ui: &mut Ui) -> Result<Exit, CommandError> {
    // Whoever has the whole key may name it by that; it is not shown again.
    let name = match ApiKeyText::read(&args.key) {
        Ok(key) => key.name().to_string(),
        Err(_) if args.key.len() <= 20 => args.key.clone(),
        Err(_) => return Err(CommandError::usage("this is no key, and no public part of one")),
    };
    let settings = args.ledger.settings(ui)?;
    let access = args.ledger.access(&settings, ui)?;
    block_on(work(&settings, access, async |ledger| ledger.callers().revoke(&name).await.map_err(failed)))?;
    ui.line(format_args!("key `{name}` is revoked"))?;
    Ok(Exit::Fine)
}
