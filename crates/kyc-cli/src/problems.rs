//! Diagnostics on the command line.

use kyc::policy::{Places, Severity, SourceMap, Style, to_json, to_text};
use kyc::{Diagnostic, Folder, Registry};

use crate::error::CommandError;
use crate::files::{PoliciesArg, count, read_folder};
use crate::format::Format;
use crate::ui::Ui;

/// Shows what keeps a command from its work: as text on standard error, or as a JSON array on standard output.
pub(crate) fn show(
    ui: &mut Ui,
    format: Format,
    sources: &SourceMap,
    problems: &[Diagnostic],
) -> Result<(), CommandError> {
    match format {
        Format::Text => {
            tell(ui, sources, problems);
            Ok(())
        }
        Format::Json => ui.json(&to_json(sources, problems)),
    }
}

/// Shows diagnostics as text on standard error.
pub(crate) fn tell(ui: &mut Ui, sources: &SourceMap, problems: &[Diagnostic]) {
    for problem in problems {
        ui.say(format_args!("{}\n", text(sources, problem)));
    }
}

/// One diagnostic with its colours, which the output drops where they do not belong.
pub(crate) fn text(sources: &SourceMap, problem: &Diagnostic) -> String {
    to_text(sources, problem, Style::Coloured)
}

/// The diagnostics with every key of the policy found in its file.
pub(crate) fn located(problems: Vec<Diagnostic>, places: Option<&Places>) -> Vec<Diagnostic> {
    let Some(places) = places else { return problems };
    problems.into_iter().map(|problem| problem.located(|key| places.value(key))).collect()
}

/// The policies of a folder without mistakes, and the folder to find places in.
pub(crate) fn open(
    policies: &PoliciesArg,
    format: Format,
    ui: &mut Ui,
) -> Result<(Folder, Registry), CommandError> {
    let folder = read_folder(&policies.policies)?;
    refuse_mistakes(ui, format, &folder)?;
    let registry = folder.files().iter().filter_map(|file| file.policy.clone()).collect();
    Ok((folder, registry))
}

/// Shows the mistakes of a folder and refuses it, if it has any: a folder is taken as a whole.
fn refuse_mistakes(ui: &mut Ui, format: Format, folder: &Folder) -> Result<(), CommandError> {
    let mistakes: Vec<_> = folder.diagnostics().iter().filter(|found| is_error(found)).cloned().collect();
    if mistakes.is_empty() {
        return Ok(());
    }
    show(ui, format, folder.sources(), &mistakes)?;
    let count = count(mistakes.len(), "mistake", "mistakes");
    Err(CommandError::wrong(format!("the policies have {count}, so nothing was sent"))
        .hint("a folder is taken as a whole: mend every file, and see that `kyc check` is content"))
}

/// What ends a command whose client's data was refused.
pub(crate) fn client_refused(policy: &str, problems: &[Diagnostic]) -> CommandError {
    let mistakes = problems.iter().filter(|found| is_error(found)).count();
    let count = count(mistakes, "mistake", "mistakes");
    CommandError::wrong(format!("the client's data has {count} under policy `{policy}`; nothing was sent"))
}

pub(crate) fn is_error(found: &Diagnostic) -> bool {
    found.severity() == Severity::Error
}
