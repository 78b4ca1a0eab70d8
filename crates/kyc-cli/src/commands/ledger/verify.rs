//! `kyc ledger verify`: whether the records are what was written.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};
use kyc_ledger::history::Heads;
use kyc_ledger::{Finding, Report, verify};
use serde_json::{Value, json};

use crate::error::CommandError;
use crate::exit::Exit;
use crate::files::count;
use crate::format::{Format, FormatArg};
use crate::ledger_access::{LedgerArg, refused};
use crate::runtime::block_on;
use crate::ui::Ui;

/// Verify that the records are what was written
///
/// Finds what somebody changed who has the database and lacks the master keys: rows of the history that were edited, moved,
/// inserted or deleted, and sessions, callers, policies and personal data that are not what it says. That its end was cut
/// off is found by heads that were written down elsewhere. It claims no more, and changes nothing.
///
/// Ends with 1 if anything is wrong.
#[derive(Args)]
#[command(after_help = "\
Examples:
  kyc ledger verify
  kyc ledger verify --config /etc/kyc/kyc.yaml --heads /mnt/heads/heads.jsonl --format json")]
pub(crate) struct VerifyArgs {
    /// The file of heads to compare with; without it, `history.heads` of the settings if it is there
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    heads: Option<PathBuf>,

    #[command(flatten)]
    ledger: LedgerArg,

    #[command(flatten)]
    format: FormatArg,
}

pub(crate) fn run(args: &VerifyArgs, ui: &mut Ui) -> Result<Exit, CommandError> {
    let settings = args.ledger.settings(ui)?;
    let access = args.ledger.access(&settings, ui)?;
    let heads = heads(args.heads.as_deref(), settings.history.heads.as_deref(), ui)?;
    let given = heads.as_ref().map(|heads| heads.heads.len());
    let heads = heads.unwrap_or_default().heads;
    let report = block_on(async {
        let report = verify(&access.database, access.options.password, &access.keys, &heads).await;
        report.map_err(|error| refused(&settings, &error))
    })?;
    if given.is_none() {
        ui.note("no heads were compared, so nobody can say whether the end of the history was cut off");
    }
    match args.format.format {
        Format::Text => {
            for finding in &report.findings {
                ui.line(finding)?;
            }
            ui.line(summary(&report, given))?;
        }
        Format::Json => ui.json(&as_json(&report, given))?,
    }
    if report.is_intact() {
        return Ok(Exit::Fine);
    }
    let wrong = usize::try_from(report.more).unwrap_or(usize::MAX).saturating_add(report.findings.len());
    Err(CommandError::wrong(format!(
        "the ledger is not what was written: {}",
        count(wrong, "finding", "findings")
    ))
    .hint(
        "keep the database as it is for whoever looks into it; a backup can be verified by the same command",
    ))
}

/// The heads of a file. One that the settings name need not be there yet.
fn heads(named: Option<&Path>, set: Option<&Path>, ui: &mut Ui) -> Result<Option<Heads>, CommandError> {
    let Some(path) = named.or(set) else { return Ok(None) };
    let found = match Heads::read(path) {
        Ok(found) => found,
        Err(error) if error.kind() == ErrorKind::NotFound && named.is_none() => return Ok(None),
        Err(error) => {
            return Err(CommandError::usage(format!(
                "cannot read the heads in `{}`: {error}",
                path.display()
            )));
        }
    };
    if !found.torn.is_empty() {
        let lines = found.torn.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        ui.note(format_args!(
            "`{}`, line {lines}: no head, as a crash leaves it while one is written; the others were compared",
            path.display()
        ));
    }
    Ok(Some(found))
}

fn summary(report: &Report, heads: Option<usize>) -> String {
    let state = if report.is_intact() { "intact" } else { "not intact" };
    let number = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let mut parts = vec![
        format!(
            "{} in {}",
            count(number(report.rows), "row", "rows"),
            count(number(report.chains), "chain", "chains")
        ),
        format!("{} ({} erased)", count(number(report.sessions), "session", "sessions"), report.erased),
    ];
    if let Some(given) = heads {
        parts.push(format!("{} of {} found", report.heads, count(given, "head", "heads")));
    }
    if report.more > 0 {
        parts.push(format!("{} more findings are not shown", report.more));
    }
    format!("{state}: {}", parts.join(", "))
}

fn as_json(report: &Report, heads: Option<usize>) -> Value {
    let finding =
        |found: &Finding| json!({ "kind": found.kind.as_str(), "place": found.place, "what": found.what });
    json!({
        "intact": report.is_intact(),
        "rows": report.rows,
        "chains": report.chains,
        "sessions": report.sessions,
        "erased": report.erased,
        "heads": { "given": heads, "found": report.heads },
        "findings": report.findings.iter().map(finding).collect::<Vec<_>>(),
        "more_findings": report.more,
    })
}
