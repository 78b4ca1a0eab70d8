//! `kyc test`: what policies make of made-up people and clients, against what their authors expect.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum, ValueHint};
use kyc::policy::{SourceMap, Today};
use kyc::{Folder, Policy};
use kyc_folder::{TESTS_FOLDER, TestFile, read_tests};
use kyc_suite::{Demanded, Report, Suite, Surroundings, junit, read, to_json, tree};

use crate::error::{CommandError, with_causes};
use crate::exit::Exit;
use crate::files::{count, read_folder};
use crate::places::demanded;
use crate::problems::{is_error, tell};
use crate::ui::Ui;

/// Run the tests of policies
///
/// The files in `tests/` beside the policies hold cases: facts of a result and the outcome that must come of them, or a
/// client's data and the request (or the problems) that must come of it. Nothing is sent, and every file has its own
/// clock, so a case that passes today passes tomorrow.
#[derive(Args)]
#[command(after_help = "\
Examples:
  kyc test
  kyc test --filter 'shop/minors'
  kyc test compliance/policies --format junit > report.xml

Ends with 0 if every case came out as expected, with 1 if one did not, and with 2 if a file cannot be read or is
malformed: then no case is run.")]
pub(crate) struct TestArgs {
    /// The folder of policies
    #[arg(
        value_name = "FOLDER",
        env = "KYC_POLICIES",
        hide_env_values = true,
        default_value = "policies",
        value_hint = ValueHint::DirPath
    )]
    folder: PathBuf,

    /// Run only cases of which POLICY/NAME contains this, in whatever case
    #[arg(long, value_name = "PATTERN")]
    filter: Option<String>,

    /// How results are written
    #[arg(long, value_enum, default_value_t)]
    format: TestFormat,
}

/// How results are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum TestFormat {
    /// For people
    #[default]
    Tree,
    /// For build servers
    Junit,
    /// For programs
    Json,
}

pub(crate) fn run(args: &TestArgs, ui: &mut Ui) -> Result<Exit, CommandError> {
    let folder = sound_folder(&args.folder, ui)?;
    let policies: Vec<&Policy> = folder.files().iter().filter_map(|file| file.policy.as_ref()).collect();
    let mut sources = SourceMap::default();
    let suites = suites(&args.folder, &policies, &folder, &mut sources, ui)?;
    let reports = reports(args, &suites, &policies, &folder);
    let by = |policy: &str, key: Option<&str>| demanded(key, policy, &folder);
    let at = Demanded { sources: &sources, by: &by };
    match args.format {
        TestFormat::Tree => ui.line(tree(&reports, at))?,
        TestFormat::Json => ui.json(&to_json(&reports, at))?,
        TestFormat::Junit => {
            let xml = junit(&reports, at)
                .map_err(|error| CommandError::usage(format!("cannot write the report: {error}")))?;
            ui.bytes(xml.as_bytes())?;
        }
    }
    if reports.is_empty() {
        return Err(nothing_chosen(args.filter.as_deref().unwrap_or_default()));
    }
    Ok(if reports.iter().all(Report::is_fine) { Exit::Fine } else { Exit::Wrong })
}

/// The policies, if none has a mistake: a folder is taken as a whole.
fn sound_folder(path: &Path, ui: &mut Ui) -> Result<Folder, CommandError> {
    let folder = read_folder(path)?;
    let mistakes: Vec<_> = folder.diagnostics().iter().filter(|found| is_error(found)).cloned().collect();
    if mistakes.is_empty() {
        return Ok(folder);
    }
    tell(ui, folder.sources(), &mistakes);
    let count = count(mistakes.len(), "mistake", "mistakes");
    Err(CommandError::usage(format!("the policies have {count}, so no case was run"))
        .hint("`kyc check` says all there is to say about policies"))
}

/// The test files, if none has a mistake.
fn suites(
    path: &Path,
    policies: &[&Policy],
    folder: &Folder,
    sources: &mut SourceMap,
    ui: &mut Ui,
) -> Result<Vec<Suite>, CommandError> {
    let files = read_tests(path).map_err(|error| CommandError::usage(with_causes(&error)))?;
    if files.is_empty() {
        let tests = path.join(TESTS_FOLDER);
        return Err(CommandError::usage(format!("there is no test in `{}`", tests.display()))
            .hint("tests end in `.yaml`; `policies/README.md` shows how they are written"));
    }
    let around = Surroundings { policies, set: folder.set() };
    let (mut suites, mut found) = (Vec::new(), Vec::new());
    for TestFile { name, bytes, .. } in &files {
        let (suite, diagnostics) = read(sources, name, bytes, around);
        suites.extend(suite);
        found.extend(diagnostics);
    }
    tell(ui, sources, &found);
    let mistakes = found.iter().filter(|found| is_error(found)).count();
    if mistakes == 0 {
        return Ok(suites);
    }
    let count = count(mistakes, "mistake", "mistakes");
    Err(CommandError::usage(format!("the tests have {count}, so no case was run"))
        .hint("`kyc explain RULE` says more about the word in brackets"))
}

/// What came of the cases that were chosen; files without one are left out.
fn reports(args: &TestArgs, suites: &[Suite], policies: &[&Policy], folder: &Folder) -> Vec<Report> {
    let today = Today { deny: folder.set().denied() };
    let pattern = args.filter.as_deref().map(str::to_lowercase);
    let report = |suite: &Suite| {
        let policy = policies.iter().find(|policy| policy.name() == suite.policy)?;
        let is_chosen = |case: &str| {
            let name = format!("{}/{case}", suite.policy).to_lowercase();
            pattern.as_ref().is_none_or(|pattern| name.contains(pattern))
        };
        Some(kyc_suite::run(suite, *policy, today, is_chosen))
    };
    suites.iter().filter_map(report).filter(|report| !report.cases.is_empty()).collect()
}

fn nothing_chosen(pattern: &str) -> CommandError {
    CommandError::usage(format!("no case is named like `{pattern}`"))
        .hint("the pattern is a part of POLICY/NAME, as `kyc test` prints them")
}
