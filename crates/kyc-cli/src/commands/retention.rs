//! `kyc retention`: erasing personal data that were kept long enough.

use clap::{Args, Subcommand};
use kyc::policy::PolicySet;
use kyc::{Folder, Timestamp};
use kyc_ledger::{Due, EraseReason, Ledger, LedgerError, SessionId};
use kyc_server::settings::Settings;

use crate::error::{CommandError, with_causes};
use crate::exit::Exit;
use crate::files::count;
use crate::ledger_access::{LedgerArg, failed, inspect, work};
use crate::runtime::block_on;
use crate::ui::Ui;

/// Erase personal data that were kept long enough
#[derive(Args)]
#[command(after_help = "\
Examples:
  kyc retention run --dry-run
  kyc retention run --config /etc/kyc/kyc.yaml")]
pub(crate) struct RetentionArgs {
    #[command(subcommand)]
    command: RetentionCommand,
}

#[derive(Subcommand)]
enum RetentionCommand {
    Run(RunArgs),
}

/// Erase the personal data of all sessions that are due
///
/// `retention.erase_after` of `_set.yaml`, in the folder of policies that the service uses, says how long after a session was
/// asked for they are erased; what `retention.keep` still holds is left. Only counts are printed. Run it once a day; it may
/// be interrupted and repeated.
#[derive(Args)]
#[command(after_help = "\
Examples:
  kyc retention run --dry-run
  kyc retention run --config /etc/kyc/kyc.yaml")]
struct RunArgs {
    /// Count what is due, and erase nothing
    #[arg(long)]
    dry_run: bool,

    #[command(flatten)]
    ledger: LedgerArg,
}

/// How many sessions are looked for at a time.
const PAGE: u32 = 500;

pub(crate) fn run(args: &RetentionArgs, ui: &mut Ui) -> Result<Exit, CommandError> {
    let RetentionCommand::Run(args) = &args.command;
    let settings = args.ledger.settings(ui)?;
    let folder = folder(&settings)?;
    let set = folder.set();
    let before = set.erased_before(Timestamp::now()).ok_or_else(|| {
        CommandError::wrong(format!("the set of `{}` does not say when personal data are erased", settings.policies.display()))
            .hint("add `retention: { keep: 5y, erase_after: 8y }` to `_set.yaml`, with times that suit the law you are under")
    })?;
    if args.dry_run {
        let due = block_on(count_due(&settings, before))?;
        ui.line(format_args!(
            "{} asked for before {before} would be erased",
            count(due, "session", "sessions")
        ))?;
        return Ok(Exit::Fine);
    }
    let access = args.ledger.access(&settings, ui)?;
    let erased = block_on(work(&settings, access, async |ledger| erase(ledger, set, before).await))?;
    ui.line(format_args!(
        "erased the personal data of {} asked for before {before}",
        count(erased.done, "session", "sessions")
    ))?;
    if erased.kept > 0 {
        let kept = count(erased.kept, "session", "sessions");
        ui.line(format_args!("{kept} have to be kept longer, by `retention.keep`"))?;
    }
    Ok(Exit::Fine)
}

/// The folder of policies, whose set says how long data are kept. It is taken as a whole, as the service does.
fn folder(settings: &Settings) -> Result<Folder, CommandError> {
    let path = &settings.policies;
    let folder = Folder::read(path).map_err(|error| {
        CommandError::usage(with_causes(&error)).hint("`policies` of the settings names the folder")
    })?;
    if folder.has_errors() {
        return Err(CommandError::wrong("the policies have mistakes, so nothing was erased")
            .hint(format!("`kyc check {}` shows them", path.display())));
    }
    Ok(folder)
}

async fn count_due(settings: &Settings, before: Timestamp) -> Result<usize, CommandError> {
    let mut inspector = inspect(settings).await?;
    let (mut due, mut after) = (0, None);
    loop {
        let page = inspector.due(before, after, PAGE).await.map_err(failed)?;
        let Some(last) = page.last() else { return Ok(due) };
        after = Some(last.id);
        due += page.len();
    }
}

#[derive(Default)]
struct Erasing {
    done: usize,
    kept: usize,
}

async fn erase(ledger: &Ledger, set: &PolicySet, before: Timestamp) -> Result<Erasing, CommandError> {
    let mut erasing = Erasing::default();
    let mut after: Option<SessionId> = None;
    loop {
        let page = ledger.due(before, after, PAGE).await.map_err(failed)?;
        let Some(last) = page.last() else { return Ok(erasing) };
        after = Some(last.id);
        for Due { id, created_at } in page {
            match ledger.erase(id, EraseReason::Retention, set.kept_until(created_at)).await {
                Ok(erased) => erasing.done += usize::from(erased.now),
                Err(LedgerError::Retained { .. }) => erasing.kept += 1,
                Err(error) => return Err(failed(error)),
            }
        }
    }
}
