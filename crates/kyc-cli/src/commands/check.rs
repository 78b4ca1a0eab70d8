//! `kyc check`: everything that is wrong with policies, with its place.

use std::collections::BTreeSet;
use std::env;
use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};
use jiff::Timestamp;
use kyc::Folder;

use crate::error::CommandError;
use crate::exit::Exit;
use crate::files::read_path;
use crate::problems;
use crate::report::{Finding, Form, Report, summary};
use crate::ui::Ui;

/// Check policies and show every mistake
///
/// A folder is checked with its `_set.yaml`; so is a single file, with the one beside it. Diagnostics go to standard
/// output, a summary to standard error. Warnings alone do not fail. `_set.yaml` says which lints are errors, and makes
/// exceptions.
#[derive(Args)]
#[command(after_help = "\
Examples:
  kyc check
  kyc check policies/shop.yaml
  kyc check --format json | jq '.[].rule'
  kyc check --format sarif > kyc.sarif

Ends with 1 if there is a mistake, with 2 if there is nothing to check.")]
pub(crate) struct CheckArgs {
    /// Folders and files
    #[arg(
        value_name = "PATH",
        env = "KYC_POLICIES",
        hide_env_values = true,
        default_value = "policies",
        value_hint = ValueHint::AnyPath
    )]
    paths: Vec<PathBuf>,

    /// How findings are written
    #[arg(long, value_enum, default_value_t)]
    format: Form,

    /// Show what waivers of `_set.yaml` excuse, too; JSON, SARIF and JUnit XML always hold it
    #[arg(long)]
    show_waived: bool,
}

pub(crate) fn run(args: &CheckArgs, ui: &mut Ui) -> Result<Exit, CommandError> {
    let now = Timestamp::now();
    let read = |path: &PathBuf| read_path(path).map(|folder| folder.on_day_of(now));
    let folders = args.paths.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let working_directory = env::current_dir().unwrap_or_default();
    let report = report(&folders, &working_directory);
    ui.text(&report.render(args.format, args.show_waived))?;
    ui.say(summary(&report));
    Ok(if report.has_mistakes() { Exit::Wrong } else { Exit::Fine })
}

/// The findings of all folders. Two files of one folder share its `_set.yaml`, whose mistakes are told once.
fn report<'a>(folders: &'a [Folder], working_directory: &'a Path) -> Report<'a> {
    let (mut files, mut findings) = (Vec::new(), Vec::new());
    let mut seen = BTreeSet::new();
    for folder in folders {
        let sources = folder.sources();
        let told = folder.diagnostics().iter().map(|found| (found, None));
        let waived = folder.waived().iter().map(|waived| (&waived.diagnostic, Some(&waived.waiver)));
        for (diagnostic, waiver) in told.chain(waived) {
            if seen.insert((problems::text(sources, diagnostic), waiver.is_some())) {
                findings.push(Finding { sources, diagnostic, waiver });
            }
        }
        files.extend(folder.set_path());
        files.extend(folder.files().iter().map(|file| file.path.as_path()));
    }
    let mut known = BTreeSet::new();
    files.retain(|file| known.insert(*file));
    Report { files, findings, working_directory }
}
