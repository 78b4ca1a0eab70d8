//! `kyc test`: what policies make of made-up people and clients, against what their authors expect.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum, ValueHint};
use jiff::Timestamp;
use kyc::policy::{SourceMap, Today};
use kyc::{Folder, Policy};
use kyc_folder::{TESTS_FOLDER, TestFile, read_tests};
use kyc_suite::{
    Coverage, Demanded, Mutation, Outcome, Report, Suite, Surroundings, UnderTest, coverage, junit, mutate,
    read, to_json, tree,
};

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
  kyc test --coverage --fail-under 90
  kyc test --mutate

Ends with 0 if every case came out as expected, with 1 if one did not, a loosening was not noticed or
too little was touched, and with 2 if a file cannot be read or is malformed: then no case is run.")]
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

    /// Tell how many edges of each policy the cases touch: countries, document types and ages at which it decides, and
    /// others; and who stands at those that none touches
    #[arg(long, conflicts_with = "filter")]
    coverage: bool,

    /// Fail if the cases touch fewer edges of some policy, in percent
    #[arg(long, value_name = "PERCENT", conflicts_with = "filter", value_parser = clap::value_parser!(u8).range(..=100))]
    fail_under: Option<u8>,

    /// Loosen each policy one step at a time, and tell the steps that no case notices, each with a case that would
    #[arg(long, conflicts_with = "filter")]
    mutate: bool,

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
    let outcome = outcome(args, &suites, &policies, &folder);
    if outcome.reports.is_empty() {
        return Err(nothing_chosen(args.filter.as_deref().unwrap_or_default()));
    }
    write(args.format, &outcome, &sources, &folder, ui)?;
    let too_little = args.fail_under.map(|percent| too_little(&outcome.coverage, percent.into(), ui));
    let is_fine = outcome.reports.iter().all(Report::is_fine)
        && outcome.mutation.iter().all(|mutation| mutation.survivors.is_empty())
        && too_little != Some(true);
    Ok(if is_fine { Exit::Fine } else { Exit::Wrong })
}

/// What came of everything that was asked for.
fn outcome(args: &TestArgs, suites: &[Suite], policies: &[&Policy], folder: &Folder) -> Outcome {
    // Where no case is about a policy, any moment shows its edges.
    let otherwise = suites.first().map_or(Timestamp::UNIX_EPOCH, |suite| suite.now);
    let under: Vec<UnderTest<'_>> = folder
        .files()
        .iter()
        .filter_map(|file| {
            Some(UnderTest { policy: file.policy.as_ref()?, set: folder.set(), left_out: file.left_out })
        })
        .collect();
    let coverage: Vec<Coverage> = if args.coverage || args.fail_under.is_some() {
        under.iter().map(|under| coverage(suites, *under, otherwise)).collect()
    } else {
        Vec::new()
    };
    let mutation: Vec<Mutation> = if args.mutate {
        under.iter().map(|under| mutate(suites, *under, otherwise)).collect()
    } else {
        Vec::new()
    };
    Outcome { reports: reports(args, suites, policies, folder), coverage, mutation }
}

fn write(
    format: TestFormat,
    outcome: &Outcome,
    sources: &SourceMap,
    folder: &Folder,
    ui: &mut Ui,
) -> Result<(), CommandError> {
    let by = |policy: &str, key: Option<&str>| demanded(key, policy, folder);
    let at = Demanded { sources, by: &by };
    match format {
        TestFormat::Tree => ui.line(tree(outcome, at)),
        TestFormat::Json => ui.json(&to_json(outcome, at)),
        TestFormat::Junit => {
            let xml = junit(outcome, at)
                .map_err(|error| CommandError::usage(format!("cannot write the report: {error}")))?;
            ui.bytes(xml.as_bytes())
        }
    }
}

/// Whether the cases touch less of some policy than they must, and tells so.
fn too_little(coverage: &[Coverage], percent: usize, ui: &mut Ui) -> bool {
    let under: Vec<_> = coverage.iter().filter(|coverage| coverage.percent() < percent).collect();
    for coverage in &under {
        ui.note(format_args!(
            "the cases touch {} % of `{}`, and {percent} % is demanded",
            coverage.percent(),
            coverage.policy
        ));
    }
    !under.is_empty()
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
