//! Settings from the command line, the environment and a file.

use std::env;
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use kyc::policy::MAX_BYTES;
use kyc_server::settings::{Input, SETTINGS_FILE, Settings, SettingsFile, read};

use super::ServeArgs;
use crate::error::CommandError;
use crate::files::{count, read_bounded};
use crate::problems::tell;
use crate::ui::Ui;

const CONFIG: &str = "KYC_CONFIG";

/// The settings; what is wrong with them, or worth a look, is shown.
pub(super) fn settings(args: &ServeArgs, ui: &mut Ui) -> Result<Settings, CommandError> {
    let input = Input {
        file: file(args)?,
        variables: variables(),
        flags: args.settings.clone().into_pairs(),
        is_sandbox: args.sandbox,
    };
    match read(&input) {
        Ok((settings, worth_a_look)) => {
            tell(ui, worth_a_look.sources(), worth_a_look.diagnostics());
            Ok(settings)
        }
        Err(mistakes) => {
            tell(ui, mistakes.sources(), mistakes.diagnostics());
            let count = count(mistakes.count(), "mistake", "mistakes");
            Err(CommandError::usage(format!("the settings have {count}")).hint(
                "every setting is explained by `kyc serve --help`; `kyc explain RULE` says more of a mistake",
            ))
        }
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
fn file(args: &ServeArgs) -> Result<Option<SettingsFile>, CommandError> {
    let named = args.config.clone().or_else(|| env::var_os(CONFIG).map(PathBuf::from));
    let is_named = named.is_some();
    if !is_named && args.sandbox {
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
