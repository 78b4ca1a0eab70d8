//! `kyc new`: a first draft of a policy, with every decision explained.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use clap::Args;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use kyc::policy::{POLICY_SCHEMA_FILE, PolicySet, SourceMap, check_policy, check_set};
use kyc::{Folder, SET_FILE};
use kyc_folder::TESTS_FOLDER;
use kyc_suite::SCHEMA_FILE as TESTS_SCHEMA_FILE;

use crate::error::CommandError;
use crate::exit::Exit;
use crate::files::{PoliciesArg, count};
use crate::problems::is_error;
use crate::ui::Ui;

/// Write a first draft of a policy
///
/// The draft is a careful policy with a comment beside every decision, and first tests of it. They satisfy `kyc check` and
/// `kyc test` at once; what says TODO is yours to write. An existing file is never overwritten.
#[derive(Args)]
#[command(after_help = "\
Examples:
  kyc new shop
  kyc new shop --policies compliance/policies
  kyc new shop --stdout")]
pub(crate) struct NewArgs {
    /// The policy: lower-case words of letters and digits, joined by hyphens
    name: String,

    #[command(flatten)]
    policies: PoliciesArg,

    /// Write the draft to standard output, without tests, and no file
    #[arg(long)]
    stdout: bool,
}

pub(crate) fn run(args: &NewArgs, ui: &mut Ui) -> Result<Exit, CommandError> {
    check_name(&args.name)?;
    let folder = &args.policies.policies;
    let draft = schema_line(folder, POLICY_SCHEMA_FILE) + &draft(&args.name, folder, in_a_year());
    if args.stdout {
        ui.bytes(draft.as_bytes())?;
        return Ok(Exit::Fine);
    }
    let path = folder.join(format!("{}.yaml", args.name));
    write_new(folder, &path, &draft)?;
    ui.line(format_args!("wrote {}", path.display()))?;
    write_tests(&args.name, folder, ui)?;
    let mistakes = Folder::read_file(&path)
        .map(|read| read.diagnostics().iter().filter(|found| is_error(found)).count())
        .unwrap_or_default();
    if mistakes > 0 {
        let count = count(mistakes, "mistake", "mistakes");
        ui.note(format_args!("under `{}` there is {count} to mend", folder.join(SET_FILE).display()));
    }
    ui.hint(format_args!("fill in what says TODO, then `kyc check {}` and `kyc test`", path.display()));
    if !folder.join(SET_FILE).exists() {
        ui.hint(format_args!(
            "what all policies share stands in `{}`:\n\n{SET_EXAMPLE}",
            folder.join(SET_FILE).display()
        ));
    }
    Ok(Exit::Fine)
}

/// Refuses a malformed name as the rules would refuse it in a file.
fn check_name(name: &str) -> Result<(), CommandError> {
    // Quoted as JSON, which is YAML too, nothing in the name can be anything but the name.
    let text = format!("name: {}\ncountries: [LT]\ndocuments: [PASSPORT]\n", serde_json::Value::from(name));
    let checked = check_policy(&mut SourceMap::default(), "", None, text.as_bytes(), &PolicySet::empty());
    match checked.diagnostics.iter().find(|found| is_error(found)) {
        None => Ok(()),
        Some(found) => {
            let error = CommandError::usage(found.message());
            Err(match found.help_text() {
                Some(help) => error.hint(help),
                None => error,
            })
        }
    }
}

/// The line by which editors find the schema, if it lies in the folder: a line that leads nowhere is a mistake to them.
fn schema_line(folder: &Path, file: &str) -> String {
    if folder.join(file).exists() {
        format!("# yaml-language-server: $schema={file}\n")
    } else {
        String::new()
    }
}

fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

fn in_a_year() -> Date {
    today().checked_add(1.year()).unwrap_or_else(|_| today())
}

/// Writes first tests beside the policy, unless there are some that were written for another one of this name.
fn write_tests(name: &str, folder: &Path, ui: &mut Ui) -> Result<(), CommandError> {
    let folder = folder.join(TESTS_FOLDER);
    let path = folder.join(format!("{name}.yaml"));
    if path.exists() {
        ui.note(format_args!("`{}` exists, and is left as it is", path.display()));
        return Ok(());
    }
    let schema = schema_line(&folder, TESTS_SCHEMA_FILE);
    let cases = schema + &CASES.replace("{name}", name).replace("{today}", &today().to_string());
    write_new(&folder, &path, &cases)?;
    ui.line(format_args!("wrote {}", path.display()))
}

/// The draft with addresses if the set of `folder` lists their host, else with the addresses as a comment: nobody
/// should be sent to an example.
fn draft(name: &str, folder: &Path, review_by: Date) -> String {
    let with_addresses = fill(name, review_by, "");
    let Ok(set) = fs::read(folder.join(SET_FILE)) else { return fill(name, review_by, "# ") };
    let mut sources = SourceMap::default();
    let (set, _) = check_set(&mut sources, SET_FILE, &set);
    let found = check_policy(&mut sources, "", Some(name), with_addresses.as_bytes(), &set).diagnostics;
    let unlisted = found.iter().any(|found| matches!(found.rule().id, "host-not-listed" | "hosts-unlisted"));
    if unlisted { fill(name, review_by, "# ") } else { with_addresses }
}

fn fill(name: &str, review_by: Date, addresses: &str) -> String {
    TEMPLATE
        .replace("{name}", name)
        .replace("{review_by}", &review_by.to_string())
        .replace("{addresses}", addresses)
}

fn write_new(folder: &Path, path: &Path, text: &str) -> Result<(), CommandError> {
    fs::create_dir_all(folder)
        .map_err(|error| CommandError::usage(format!("cannot create `{}`: {error}", folder.display())))?;
    // Not "is it there?" and then "write it": between the two somebody else may write it.
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(|error| {
        if error.kind() == ErrorKind::AlreadyExists {
            CommandError::usage(format!("`{}` exists, and is not overwritten", path.display()))
                .hint("choose another name, or see a fresh draft with `--stdout`")
        } else {
            CommandError::usage(format!("cannot create `{}`: {error}", path.display()))
        }
    })?;
    file.write_all(text.as_bytes())
        .map_err(|error| CommandError::usage(format!("cannot write `{}`: {error}", path.display())))
}

const TEMPLATE: &str = include_str!("new/policy.yaml");
const CASES: &str = include_str!("new/cases.yaml");
const SET_EXAMPLE: &str = include_str!("new/set.yaml");
