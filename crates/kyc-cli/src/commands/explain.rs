//! `kyc explain`: what a rule refuses, and why.

use clap::Args;
use clap::builder::styling::Style;
use kyc::policy::{Kind, Level, RULES, Rule, nearest};

use crate::error::CommandError;
use crate::exit::Exit;
use crate::ui::Ui;

/// Explain a rule, or list all of them
#[derive(Args)]
#[command(after_help = "\
Examples:
  kyc explain unknown-country
  kyc explain")]
pub(crate) struct ExplainArgs {
    /// The rule's id, as it stands in the brackets of a diagnostic; without it, all rules are listed
    #[arg(conflicts_with = "all")]
    rule: Option<String>,

    /// List all rules
    #[arg(long)]
    all: bool,
}

const TITLE: Style = Style::new().bold();

pub(crate) fn run(args: &ExplainArgs, ui: &mut Ui) -> Result<Exit, CommandError> {
    match args.rule.as_deref() {
        None => list(ui)?,
        Some(id) => ui.line(page(find(id)?))?,
    }
    Ok(Exit::Fine)
}

/// The rules about policies, those about their tests, and those about the settings of the service.
fn rules() -> impl Iterator<Item = &'static Rule> + Clone {
    RULES.iter().chain(kyc_suite::RULES).chain(kyc_server::settings::RULES).copied()
}

fn find(id: &str) -> Result<&'static Rule, CommandError> {
    // Pasted with the word before it: `error[unknown-country]`.
    let bare = id.trim_end_matches([']', ':']).rsplit('[').next().unwrap_or(id);
    rules().find(|rule| rule.id == bare).ok_or_else(|| {
        let hint = match nearest(bare, rules().map(|rule| rule.id)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`kyc explain` lists all rules".to_owned(),
        };
        CommandError::usage(format!("no rule is named `{}`", bare.escape_debug())).hint(hint)
    })
}

fn list(ui: &mut Ui) -> Result<(), CommandError> {
    let width = rules().map(|rule| rule.id.len()).max().unwrap_or_default();
    let mut lines = Vec::new();
    for rule in rules() {
        lines.push(format!("{:width$}  {:6}  {}", rule.id, rule.kind.as_str(), rule.summary));
    }
    lines.sort_unstable();
    ui.line(lines.join("\n"))
}

fn page(rule: &Rule) -> String {
    let Rule { id, summary, why, bad, good, .. } = rule;
    let kind = match rule.kind {
        Kind::Error => "error: the file or the data is refused; no set changes that".to_owned(),
        Kind::Lint(level) => {
            let means = match level {
                Level::Allow => "it is not told",
                Level::Warn => "it is worth a look, and refuses nothing",
                Level::Deny => "it is an error like any other",
            };
            format!("lint: {means}, unless `lints` of `_set.yaml` says otherwise")
        }
        Kind::Notice => "notice: worth a look while a request is made; nothing is refused".to_owned(),
    };
    let (bad, good) = (indented(bad), indented(good));
    format!(
        "{TITLE}{id}{TITLE:#}\n{summary}\n\n{TITLE}Kind{TITLE:#}\n    {kind}\n\n\
         {TITLE}Why{TITLE:#}\n{}\n\n{TITLE}Wrong{TITLE:#}\n{bad}\n\n{TITLE}Right{TITLE:#}\n{good}",
        indented(why)
    )
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}
