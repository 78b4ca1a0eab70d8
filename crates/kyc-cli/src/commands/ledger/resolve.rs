//! `kyc ledger resolve`: settling by hand what nobody else can.

use clap::{Args, ValueEnum};
use kyc::core::ScanRef;
use kyc_ledger::{HistoryEntry, Resolution, SessionId};
use serde_json::Value;

use crate::error::CommandError;
use crate::exit::Exit;
use crate::ledger_access::{LedgerArg, failed, inspect, work};
use crate::runtime::block_on;
use crate::ui::Ui;

/// Settle an ambiguous session by hand
///
/// A session is ambiguous if its call broke off and the vendor has several sessions of the client that may be it. Look at
/// them in the vendor's dashboard, then say whether one of them is (`--as lost`: the caller pays for another one only if it
/// says so) or none (`--as absent`: the next request asks anew).
#[derive(Args)]
#[command(after_help = "\
Examples:
  kyc ledger resolve 01a20dea019d7711ab7abf5bb206a27c --as absent --reason 'none was started at that time'
  kyc ledger resolve 01a20dea019d7711ab7abf5bb206a27c --as lost --scan-ref 328c6766-934e-11ed --reason RISK-271")]
pub(crate) struct ResolveArgs {
    /// The session
    #[arg(value_name = "SESSION")]
    session: SessionId,

    /// What it is
    #[arg(long = "as", value_enum)]
    outcome: Outcome,

    /// With `--as lost`: which of the vendor's sessions it is
    #[arg(long, value_name = "REF", required_if_eq("outcome", "lost"))]
    scan_ref: Option<ScanRef>,

    /// Why; kept with the personal data of the session, and erased with them
    #[arg(long, value_name = "TEXT")]
    reason: String,

    #[command(flatten)]
    ledger: LedgerArg,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Outcome {
    /// No session at the vendor is this one
    Absent,
    /// One is, and nobody has its token
    Lost,
}

/// The longest reason, in characters.
const MAX_REASON: usize = 1_000;

pub(crate) fn run(args: &ResolveArgs, ui: &mut Ui) -> Result<Exit, CommandError> {
    let reason = args.reason.trim();
    if reason.is_empty() || reason.chars().count() > MAX_REASON {
        return Err(CommandError::usage(format!("`--reason` takes 1 to {MAX_REASON} characters")));
    }
    if args.outcome == Outcome::Absent && args.scan_ref.is_some() {
        return Err(CommandError::usage("`--scan-ref` goes with `--as lost`: what is absent has no session"));
    }
    let settings = args.ledger.settings(ui)?;
    let access = args.ledger.access(&settings, ui)?;
    let session = block_on(async {
        let history = inspect(&settings).await?.history_of(args.session).await.map_err(failed)?;
        let resolution = match &args.scan_ref {
            Some(scan_ref) => Resolution::Lost(among(scan_ref, &history)?),
            None => Resolution::Absent,
        };
        let note = reason.as_bytes().to_vec().into();
        work(&settings, access, async |ledger| {
            ledger.resolve(args.session, resolution, note).await.map_err(failed)
        })
        .await
    })?;
    ui.line(format_args!("session `{}` is {} now", session.id, session.state))?;
    Ok(Exit::Fine)
}

/// The reference, if it is one of those that were found.
fn among(scan_ref: &ScanRef, history: &[HistoryEntry]) -> Result<ScanRef, CommandError> {
    let ambiguous = history.iter().rev().find(|entry| entry.kind == "ambiguous");
    let facts = ambiguous.and_then(|entry| serde_json::from_str::<Value>(&entry.facts).ok());
    let found = facts.as_ref().and_then(|facts| facts.get("scan_refs")).and_then(Value::as_array);
    let found: Vec<&str> = found.into_iter().flatten().filter_map(Value::as_str).collect();
    // A session that is not ambiguous is told so by the ledger.
    if found.is_empty() || found.contains(&scan_ref.as_str()) {
        return Ok(scan_ref.clone());
    }
    let found = found.iter().map(|found| format!("`{found}`")).collect::<Vec<_>>().join(", ");
    Err(CommandError::wrong(format!("`{scan_ref}` is none of the sessions that may be it"))
        .hint(format!("they are {found}")))
}
