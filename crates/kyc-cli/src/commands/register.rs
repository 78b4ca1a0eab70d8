//! `kyc register`: all policies of a folder, for those who oversee them.

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use kyc::{Folder, Policy};
use kyc_review::Register;
use kyc_review::render::{register_csv, register_html, register_json};

use crate::error::CommandError;
use crate::exit::Exit;
use crate::files::{PoliciesArg, read_folder_at, revision};
use crate::ui::Ui;

/// Write the register of a folder's policies: owner, legal basis, review date, digest of each
///
/// For auditors and whoever oversees the policies. A policy whose review date has passed is marked. One with mistakes is
/// listed and marked, and the command ends with 1.
#[derive(Args)]
#[command(after_help = "\
Examples:
  kyc register > policies.csv
  kyc register --format html > policies.html
  kyc register --at 2026-audit > policies.csv
  kyc register --format json | jq -r '.policies[] | select(.is_overdue) | .name'

Spreadsheets take the CSV as UTF-8. A cell that would be a formula begins with an apostrophe instead.")]
pub(crate) struct RegisterArgs {
    /// The policies as they were at a revision of git: a commit, branch or tag
    #[arg(long, value_name = "REVISION", allow_hyphen_values = true)]
    at: Option<String>,

    /// How the register is written
    #[arg(long, value_enum, default_value_t)]
    format: RegisterFormat,

    #[command(flatten)]
    policies: PoliciesArg,
}

/// How a register is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum RegisterFormat {
    /// For spreadsheets
    #[default]
    Csv,
    /// One page for a browser that needs no other file and no network
    Html,
    /// For programs
    Json,
}

pub(crate) fn run(args: &RegisterArgs, ui: &mut Ui) -> Result<Exit, CommandError> {
    let folder = read_folder_at(&args.policies.policies, args.at.as_deref())?;
    let policies = folder.files().iter().map(|file| (file.name.as_str(), file.policy.as_ref()));
    let register = Register::new(policies, today(&folder), revision(&folder));
    match args.format {
        RegisterFormat::Csv => ui.bytes(&register_csv(&register).map_err(unwritten)?)?,
        RegisterFormat::Html => ui.bytes(register_html(&register).map_err(unwritten)?.as_bytes())?,
        RegisterFormat::Json => ui.json(&register_json(&register))?,
    }
    if folder.has_errors() {
        return Err(CommandError::wrong("the folder has mistakes, so the register has gaps")
            .hint("`kyc check` shows them"));
    }
    Ok(Exit::Fine)
}

/// The day by the clock of the folder's set, which all its policies share.
fn today(folder: &Folder) -> jiff::civil::Date {
    let policy = folder.files().iter().find_map(|file| file.policy.as_ref());
    let zone = policy.map_or(TimeZone::UTC, |policy: &Policy| policy.sections().zone());
    zone.to_datetime(Timestamp::now()).date()
}

fn unwritten(error: impl std::fmt::Display) -> CommandError {
    CommandError::usage(format!("the register cannot be written: {error}"))
}
