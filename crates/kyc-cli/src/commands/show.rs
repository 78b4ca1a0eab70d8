//! `kyc show`: a policy in plain words.

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use kyc::policy::Style;
use kyc::{Folder, Policy, Registry};
use kyc_review::render::{TextOptions, to_html, to_json, to_markdown, to_text};
use kyc_review::words::Groups;
use kyc_review::{Card, Context};

use crate::error::CommandError;
use crate::exit::Exit;
use crate::files::{PoliciesArg, read_folder_at, revision};
use crate::format::Format;
use crate::problems::{is_error, show};
use crate::refusal::unknown_policy;
use crate::ui::{Ui, width};

/// Show a policy in plain words: who passes, what is checked, what is collected
///
/// For people who answer for a policy and have never seen the vendor's API: countries by name, what goes to review and
/// what is refused, which checks leave a trace, what a service must bring, and who answers for all that.
#[derive(Args)]
#[command(after_help = "\
Examples:
  kyc show shop
  kyc show shop --at main
  kyc show shop --expand --keys
  kyc show shop --format markdown > shop.md
  kyc show shop --format html > shop.html")]
pub(crate) struct ShowArgs {
    /// The policy
    name: String,

    /// The policy as it was at a revision of git: a commit, branch or tag
    #[arg(long, value_name = "REVISION", allow_hyphen_values = true)]
    at: Option<String>,

    /// List the accepted countries one by one
    #[arg(long)]
    expand: bool,

    /// Tell which key of the policy each statement comes from
    #[arg(long)]
    keys: bool,

    /// How the policy is shown
    #[arg(long, value_enum, default_value_t)]
    format: ShowFormat,

    #[command(flatten)]
    policies: PoliciesArg,
}

/// How a policy is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum ShowFormat {
    /// For the terminal
    #[default]
    Text,
    /// For a comment on a change, or a wiki
    Markdown,
    /// One page for a browser that needs no other file and no network
    Html,
    /// For programs
    Json,
}

pub(crate) fn run(args: &ShowArgs, ui: &mut Ui) -> Result<Exit, CommandError> {
    let folder = read_folder_at(&args.policies.policies, args.at.as_deref())?;
    let policy = find(args, &folder, ui)?;
    let card = Card::new(&policy, &context(args, &folder, &policy));
    match args.format {
        ShowFormat::Text => ui.line(to_text(&card, text_options(args)))?,
        ShowFormat::Markdown => ui.bytes(to_markdown(&card).as_bytes())?,
        ShowFormat::Html => {
            let page = to_html(&card)
                .map_err(|error| CommandError::usage(format!("the page cannot be written: {error}")))?;
            ui.bytes(page.as_bytes())?;
        }
        ShowFormat::Json => ui.json(&to_json(&card))?,
    }
    if folder.has_errors() {
        ui.note("other files of the folder have mistakes, so no token is issued under any of its policies");
        ui.hint("`kyc check` shows them");
    }
    Ok(Exit::Fine)
}

/// The policy, if its file and the set have no mistake; those of other policies do not matter here.
fn find(args: &ShowArgs, folder: &Folder, ui: &mut Ui) -> Result<Policy, CommandError> {
    let format = if args.format == ShowFormat::Json { Format::Json } else { Format::Text };
    let file = folder.file(&args.name);
    if file.is_some_and(|file| file.policy.is_none()) {
        let mistakes: Vec<_> = folder.diagnostics().iter().filter(|found| is_error(found)).cloned().collect();
        show(ui, format, folder.sources(), &mistakes)?;
        return Err(CommandError::wrong(format!(
            "policy `{}` cannot be shown before it is mended",
            args.name
        )));
    }
    let registry: Registry = folder.files().iter().filter_map(|file| file.policy.clone()).collect();
    registry
        .policy(&args.name)
        .map(|policy| Policy::clone(policy))
        .map_err(|error| unknown_policy(ui, format, &error))
}

fn context(args: &ShowArgs, folder: &Folder, policy: &Policy) -> Context {
    let zone = policy.sections().zone();
    Context {
        groups: Groups::of_set(folder.set()),
        denied: folder.set().denied(),
        today: Some(zone.to_datetime(Timestamp::now()).date()),
        expand: args.expand,
        revision: revision(folder),
    }
}

fn text_options(args: &ShowArgs) -> TextOptions {
    // The output drops colours where they do not belong.
    TextOptions { width: width(), keys: args.keys, style: Style::Coloured }
}
