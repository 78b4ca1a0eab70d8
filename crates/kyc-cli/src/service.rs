//! Settings of the service, from the command line, the environment and a file.

use std::env;
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use kyc::policy::MAX_BYTES;
use kyc_server::settings::{Input, Mistakes, SETTINGS_FILE, Settings, SettingsFile};
use kyc_server::start::{StartError, StartErrors};

use crate::error::CommandError;
use crate::files::{count, read_bounded};
use crate::problems::tell;
use crate::ui::Ui;

const CONFIG: &str = "KYC_CONFIG";

/// What was given on the command line.
pub(crate) struct Given<'a> {
    /// The settings file.
    pub(crate) config: Option<&'a Path>,
    /// Settings by their keys.
    pub(crate) flags: Vec<(String, String)>,
    pub(crate) is_sandbox: bool,
}

/// Reads settings by `read`; what is wrong with them, or worth a look, is shown.
pub(crate) fn settings(
    given: Given<'_>,
    read: impl FnOnce(&Input) -> Result<(Settings, Mistakes), Mistakes>,
    hint: &str,
    ui: &mut Ui,
) -> Result<Settings, CommandError> {
    let file = file(given.config, given.is_sandbox)?;
    let input = Input { file, variables: variables(), flags: given.flags, is_sandbox: given.is_sandbox };
    match read(&input) {
        Ok((settings, worth_a_look)) => {
            tell(ui, worth_a_look.sources(), worth_a_look.diagnostics());
            Ok(settings)
        }
        Err(mistakes) => {
            tell(ui, mistakes.sources(), mistakes.diagnostics());
            let count = count(mistakes.count(), "mistake", "mistakes");
            Err(CommandError::usage(format!("the settings have {count}")).hint(hint))
        }
    }
}

/// Tells every reason but the last, which ends the command.
pub(crate) fn refused(errors: &StartErrors, ui: &mut Ui) -> CommandError {
    let mut refusals: Vec<CommandError> = errors.iter().map(of).collect();
    let last = refusals.pop();
    for refusal in &refusals {
        ui.error(refusal);
    }
    last.unwrap_or_else(|| CommandError::usage("the service does not start"))
}

/// One reason, with what to do about it.
pub(crate) fn of(error: &StartError) -> CommandError {
    let text = error.to_string();
    let refused =
        if error.is_about_policies() { CommandError::wrong(text) } else { CommandError::usage(text) };
    match error.hint() {
        Some(hint) => refused.hint(hint),
        None => refused,
    }
}

/// Variables that may be settings. One that is no text is none of ours.
fn variables() -> Vec<(String, String)> {
    let texts = env::vars_os().filter_map(|(name, value)| {
        let name = name.into_string().ok()?;
        (name.starts_with("KYC_") && name != CONFIG).then_some((name, value.into_string().ok()?))
    });
    let mut variables: Vec<_> = texts.collect();
    // The environment has no order, and diagnostics should have one.
    variables.sort_unstable();
    variables
}

/// The file that is named, or the one of the current folder. The sandbox reads none that is not named: its settings may be
/// those of a real service.
fn file(config: Option<&Path>, is_sandbox: bool) -> Result<Option<SettingsFile>, CommandError> {
    let named = config.map(Path::to_owned).or_else(|| env::var_os(CONFIG).map(PathBuf::from));
    let is_named = named.is_some();
    if !is_named && is_sandbox {
        return Ok(None);
    }
    let path = named.unwrap_or_else(|| SETTINGS_FILE.into());
    match bytes(&path) {
        Ok(bytes) => Ok(Some(SettingsFile { path, bytes })),
        Err(error) if error.kind() == ErrorKind::NotFound && !is_named => Ok(None),
        Err(error) => {
            Err(CommandError::usage(format!("cannot read the settings in `{}`: {error}", path.display())))
        }
    }
}

fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    Ok(read_bounded(File::open(path)?, MAX_BYTES)?.to_vec())
}
