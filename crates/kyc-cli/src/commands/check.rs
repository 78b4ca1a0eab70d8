//! `kyc check`: everything that is wrong with policies, with its place.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};
use jiff::Timestamp;
use kyc::policy::{Place, SourceMap, Waiver, to_json, waived_to_json};
use kyc::{Diagnostic, Folder, SET_FILE};
use serde_json::Value;

use crate::error::CommandError;
use crate::exit::Exit;
use crate::files::{count, is_set, read_path};
use crate::format::{Format, FormatArg};
use crate::problems;
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

    #[command(flatten)]
    format: FormatArg,

    /// Show what waivers of `_set.yaml` excuse, too
    #[arg(long)]
    show_waived: bool,
}

pub(crate) fn run(args: &CheckArgs, ui: &mut Ui) -> Result<Exit, CommandError> {
    let now = Timestamp::now();
    let read = |path: &PathBuf| read_path(path).map(|folder| folder.on_day_of(now));
    let folders = args.paths.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let mut summary = Summary::default();
    // Two files of one folder share its `_set.yaml`, whose mistakes are told once.
    let mut seen = BTreeSet::new();
    let mut json = Vec::new();
    for folder in &folders {
        summary.policies.extend(folder.files().iter().map(|file| file.path.as_path()));
        for found in folder.diagnostics() {
            let text = problems::text(folder.sources(), found);
            if !seen.insert(text.clone()) {
                continue;
            }
            summary.add(folder, found);
            match args.format.format {
                Format::Text => ui.line(format_args!("{text}\n"))?,
                Format::Json => json.extend(one_json(folder.sources(), found)),
            }
        }
        for waived in folder.waived() {
            let text = problems::text(folder.sources(), &waived.diagnostic);
            if !seen.insert(text.clone()) {
                continue;
            }
            summary.waived += 1;
            match args.format.format {
                Format::Text if args.show_waived => ui.line(waived_text(&text, &waived.waiver))?,
                Format::Text => {}
                Format::Json => json.push(waived_to_json(folder.sources(), waived)),
            }
        }
    }
    if args.format.format == Format::Json {
        ui.json(&Value::Array(json))?;
    }
    ui.say(summary.text());
    Ok(if summary.mistakes == 0 { Exit::Fine } else { Exit::Wrong })
}

fn one_json(sources: &SourceMap, found: &Diagnostic) -> Vec<Value> {
    match to_json(sources, std::slice::from_ref(found)) {
        Value::Array(array) => array,
        other => vec![other],
    }
}

fn waived_text(text: &str, waiver: &Waiver) -> String {
    // A reason of several lines would look like findings of its own.
    let reason = waiver.reason().split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{text}\nwaived until {}: {reason}\n", waiver.until())
}

/// How much was found, and where.
#[derive(Default)]
struct Summary<'a> {
    policies: BTreeSet<&'a Path>,
    mistakes: usize,
    warnings: usize,
    waived: usize,
    places: BTreeSet<PathBuf>,
}

impl Summary<'_> {
    fn add(&mut self, folder: &Folder, found: &Diagnostic) {
        if problems::is_error(found) {
            self.mistakes += 1;
        } else {
            self.warnings += 1;
        }
        self.places.extend(file_of(folder.sources(), found.place()).map(PathBuf::from));
    }

    /// `10 mistakes and 1 warning in 2 of 6 policies, 3 waived`.
    fn text(&self) -> String {
        match self.waived {
            0 => self.counted(),
            waived => format!("{}, {waived} waived", self.counted()),
        }
    }

    fn counted(&self) -> String {
        let policies = match self.policies.len() {
            0 => format!("`{SET_FILE}`"),
            some => count(some, "policy", "policies"),
        };
        let mistakes = count(self.mistakes, "mistake", "mistakes");
        let warnings = count(self.warnings, "warning", "warnings");
        let found = match (self.mistakes, self.warnings) {
            (0, 0) => return format!("{policies}, no mistakes"),
            (0, _) => format!("no mistakes and {warnings}"),
            (_, 0) => mistakes,
            _ => format!("{mistakes} and {warnings}"),
        };
        let touched = self.places.iter().filter(|place| self.policies.contains(place.as_path())).count();
        let in_set = self.places.iter().any(|place| is_set(place));
        match (touched, in_set) {
            (0, true) => format!("{found} in `{SET_FILE}`"),
            (0, false) => format!("{found} beside {policies}"),
            (some, true) => format!("{found} in {some} of {policies} and `{SET_FILE}`"),
            (some, false) => format!("{found} in {some} of {policies}"),
        }
    }
}

fn file_of<'a>(sources: &'a SourceMap, place: &Place) -> Option<&'a str> {
    match place {
        Place::At(loc) => sources.span(*loc).map(|(file, _)| sources.name(file)),
        Place::File(file) => Some(sources.name(*file)),
        Place::Policy(_) | Place::Client(_) | Place::ClientKey(_) => None,
    }
}
