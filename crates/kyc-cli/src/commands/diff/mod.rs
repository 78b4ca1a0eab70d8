//! `kyc diff`: what has changed between policies, and whether somebody must agree to it first.

mod sides;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use kyc_review::{Diff, Side, Trigger, diff, diff_html, diff_markdown, diff_text};

use crate::error::CommandError;
use crate::exit::Exit;
use crate::files::PoliciesArg;
use crate::problems::{is_error, tell};
use crate::ui::{PAGE_WIDTH, Ui, width};

use sides::{Read, read};

/// Show what has changed between policies: who now gets in, who is shut out
///
/// Each side is a folder, a file, or a revision of git (a branch, a tag, a commit) at which the folder of policies is
/// read. With one side, the files on disk are compared with it. Policies are paired by name and compared by what they
/// mean: other words for the same thing are no change.
#[derive(Args)]
#[command(after_help = "\
Examples:
  kyc diff main                                 what is on disk, compared with a branch
  kyc diff main..feature                        two revisions
  kyc diff main..feature --format markdown      a comment for a pull request
  kyc diff old/shop.yaml policies/shop.yaml     two files
  kyc diff main --fail-on looser --policy shop  one policy; fails only if it is looser

Ends with 4 if a change is of a kind that `--fail-on` names, with 1 if the newer side has a mistake.")]
pub(crate) struct DiffArgs {
    /// The older side: a folder, a file or a revision; or both sides as `OLD..NEW`, which are always revisions
    old: String,

    /// The newer side; the folder of policies on disk if it is not given
    new: Option<String>,

    /// Only these policies; repeat it for more
    #[arg(long, value_name = "NAME")]
    policy: Vec<String>,

    /// The kinds of change that fail, with commas between them, or `none`
    #[arg(
        long,
        value_name = "KINDS",
        value_delimiter = ',',
        default_value = "looser,changed,routing,more-data"
    )]
    fail_on: Vec<FailOn>,

    /// How the result is written
    #[arg(long, value_enum, default_value_t)]
    format: DiffFormat,

    #[command(flatten)]
    policies: PoliciesArg,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// For a terminal
    #[default]
    Text,
    /// For a pull request
    Markdown,
    /// One page for a browser that needs no other file and no network
    Html,
    /// For programs
    Json,
}

/// A kind of change, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FailOn {
    Kind(Trigger),
    None,
}

impl ValueEnum for FailOn {
    fn value_variants<'a>() -> &'a [Self] {
        static KINDS: LazyLock<Vec<FailOn>> =
            LazyLock::new(|| Trigger::ALL.map(FailOn::Kind).into_iter().chain([FailOn::None]).collect());
        &KINDS
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::Kind(kind) => PossibleValue::new(kind.as_str()),
            Self::None => PossibleValue::new("none").help("nothing fails"),
        })
    }
}

pub(crate) fn run(args: &DiffArgs, ui: &mut Ui) -> Result<Exit, CommandError> {
    let (old, new) = read(&args.old, args.new.as_deref(), &args.policies.policies)?;
    let only: BTreeSet<&str> = args.policy.iter().map(String::as_str).collect();
    for name in &only {
        if !old.has(name) && !new.has(name) {
            return Err(CommandError::usage(format!("neither side has a policy `{name}`"))
                .hint("`kyc list` shows the policies that there are"));
        }
    }
    let (old_side, new_side) = sides(&old, &new, &only);
    let diff = diff(&old_side, &new_side);
    match args.format {
        DiffFormat::Text => ui.line(diff_text(&diff, width().min(PAGE_WIDTH)))?,
        DiffFormat::Markdown => ui.line(diff_markdown(&diff).trim_end())?,
        DiffFormat::Html => ui.line(page(&diff)?.trim_end())?,
        DiffFormat::Json => ui.json(&serde_json::to_value(&diff).unwrap_or_default())?,
    }
    let mistakes: Vec<_> = new.folder.diagnostics().iter().filter(|found| is_error(found)).cloned().collect();
    if !mistakes.is_empty() {
        tell(ui, new.folder.sources(), &mistakes);
        return Err(CommandError::wrong("the newer side has mistakes, so not all of it could be compared")
            .hint("see that `kyc check` is content"));
    }
    Ok(verdict(ui, args, &diff.triggers()))
}

fn page(diff: &Diff) -> Result<String, CommandError> {
    diff_html(diff).map_err(|error| CommandError::usage(format!("the page cannot be written: {error}")))
}

/// What fails, if anything does.
fn verdict(ui: &mut Ui, args: &DiffArgs, triggers: &BTreeSet<Trigger>) -> Exit {
    let failing = triggers.iter().filter(|kind| args.fail_on.contains(&FailOn::Kind(**kind)));
    let failing: Vec<_> = failing.map(|kind| kind.as_str()).collect();
    if failing.is_empty() {
        return Exit::Fine;
    }
    ui.note(format_args!("somebody has to agree to this change first: it is {}", failing.join(", ")));
    Exit::Agreement
}

/// Both sides with the policies that were asked for. Two files are one policy, whatever they are called; beside a folder,
/// a file stands for the policy of its name.
fn sides<'r>(old: &'r Read, new: &'r Read, only: &BTreeSet<&str>) -> (Side<'r>, Side<'r>) {
    let wanted = |name: &str| only.is_empty() || only.contains(name);
    let (mut old_side, mut new_side) = (old.side(wanted), new.side(wanted));
    match (old.is_file, new.is_file) {
        (false, false) => {}
        (true, false) => new_side.policies.retain(|name, _| old_side.policies.contains_key(name)),
        (false, true) => old_side.policies.retain(|name, _| new_side.policies.contains_key(name)),
        (true, true) => {
            let name = new_side.policies.keys().next().copied();
            let policy = old_side.policies.values().next().copied();
            old_side.policies = name.zip(policy).into_iter().collect();
        }
    }
    (old_side, new_side)
}
