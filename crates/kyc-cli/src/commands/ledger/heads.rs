//! `kyc ledger heads`: where the history stands.

use clap::Args;

use crate::error::CommandError;
use crate::exit::Exit;
use crate::ledger_access::{LedgerArg, failed, inspect};
use crate::runtime::block_on;
use crate::ui::Ui;

/// Print where the history stands
///
/// One JSON object a line, for each instance that ever wrote. Keep them where whoever can change the database cannot: `kyc
/// ledger verify --heads` compares with them, and finds when what was there by then is cut off. The service writes the same
/// lines by itself if `history.heads` names a file.
#[derive(Args)]
#[command(after_help = "\
Examples:
  kyc ledger heads >> /mnt/heads/heads.jsonl
  kyc ledger heads | logger -t kyc-heads")]
pub(crate) struct HeadsArgs {
    #[command(flatten)]
    ledger: LedgerArg,
}

pub(crate) fn run(args: &HeadsArgs, ui: &mut Ui) -> Result<Exit, CommandError> {
    let settings = args.ledger.settings(ui)?;
    let heads = block_on(async { inspect(&settings).await?.heads().await.map_err(failed) })?;
    for head in heads {
        ui.line(head.to_line())?;
    }
    Ok(Exit::Fine)
}
