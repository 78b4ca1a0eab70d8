//! `kyc keys list`: the keys of callers.

use clap::Args;
use comfy_table::{ContentArrangement, Table, presets};
use kyc_ledger::{CallerKey, Scope};
use serde_json::{Value, json};

use crate::error::CommandError;
use crate::exit::Exit;
use crate::format::{Format, FormatArg};
use crate::ledger_access::{LedgerArg, failed, inspect};
use crate::runtime::block_on;
use crate::ui::Ui;

/// List the keys of callers
///
/// A key is listed by its public part, which it begins with after `kyc_`. The rest of it is kept nowhere.
#[derive(Args)]
#[command(after_help = "\
Examples:
  kyc keys list
  kyc keys list --all --format json")]
pub(crate) struct ListArgs {
    /// Those too that were revoked
    #[arg(long)]
    all: bool,

    #[command(flatten)]
    ledger: LedgerArg,

    #[command(flatten)]
    format: FormatArg,
}

pub(crate) fn run(args: &ListArgs, ui: &mut Ui) -> Result<Exit, CommandError> {
    let settings = args.ledger.settings(ui)?;
    let keys = block_on(async { inspect(&settings).await?.callers().await.map_err(failed) })?;
    let shown: Vec<_> = keys.iter().filter(|key| args.all || key.revoked_at.is_none()).collect();
    match args.format.format {
        Format::Text if shown.is_empty() => ui.note("no caller has a key in force; `kyc keys add` makes one"),
        Format::Text => ui.line(table(&shown))?,
        Format::Json => ui.json(&shown.into_iter().map(as_json).collect())?,
    }
    Ok(Exit::Fine)
}

fn table(keys: &[&CallerKey]) -> String {
    let mut table = Table::new();
    let header = ["KEY", "CALLER", "POLICIES", "SCOPES", "RATE", "MADE", "REVOKED"];
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_header(header);
    for key in keys {
        table.add_row([
            key.name.to_string(),
            key.caller.id.to_string(),
            key.caller.policies.join(", "),
            key.caller.scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(", "),
            key.caller.rate_per_minute.map_or_else(|| "-".to_owned(), |rate| format!("{rate}/m")),
            key.created_at.strftime("%Y-%m-%d").to_string(),
            key.revoked_at.map_or_else(|| "-".to_owned(), |at| at.strftime("%Y-%m-%d").to_string()),
        ]);
    }
    table.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

fn as_json(key: &CallerKey) -> Value {
    json!({
        "key": key.name.as_str(),
        "caller": key.caller.id.as_str(),
        "policies": key.caller.policies,
        "scopes": key.caller.scopes.iter().copied().map(Scope::as_str).collect::<Vec<_>>(),
        "rate_per_minute": key.caller.rate_per_minute,
        "created_at": key.created_at.to_string(),
        "revoked_at": key.revoked_at.map(|at| at.to_string()),
    })
}
