//! The account's credentials: from the environment or from files, never from the command line, which others can read.

use std::env;
use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};
use kyc::core::SecretError;
use kyc::{ApiKey, ApiSecret};
use zeroize::Zeroizing;

use crate::error::CommandError;
use crate::files::read_file_bounded;

/// Longer than any secret, and short enough to read a wrong file in vain.
const MAX_FILE: usize = 4096;

/// Where the credentials are.
#[derive(Args, Clone, Debug)]
pub(crate) struct CredentialArgs {
    /// A file that holds the API key; instead of `KYC_API_KEY` or `KYC_API_KEY_FILE`
    #[arg(long, value_name = "FILE", conflicts_with = "sandbox", value_hint = ValueHint::FilePath)]
    api_key_file: Option<PathBuf>,

    /// A file that holds the API secret; instead of `KYC_API_SECRET` or `KYC_API_SECRET_FILE`
    #[arg(long, value_name = "FILE", conflicts_with = "sandbox", value_hint = ValueHint::FilePath)]
    api_secret_file: Option<PathBuf>,
}

impl CredentialArgs {
    /// The credentials of the account.
    pub(crate) fn read(&self) -> Result<(ApiKey, ApiSecret), CommandError> {
        let key = Secret { what: "the API key", variable: "KYC_API_KEY", option: "--api-key-file" };
        let secret =
            Secret { what: "the API secret", variable: "KYC_API_SECRET", option: "--api-secret-file" };
        Ok((
            key.read(self.api_key_file.as_deref(), |text| ApiKey::new(text))?,
            secret.read(self.api_secret_file.as_deref(), |text| ApiSecret::new(text))?,
        ))
    }
}

/// One secret and where it may come from.
struct Secret {
    what: &'static str,
    variable: &'static str,
    option: &'static str,
}

impl Secret {
    fn read<T>(
        &self,
        option: Option<&Path>,
        new: impl FnOnce(&str) -> Result<T, SecretError>,
    ) -> Result<T, CommandError> {
        let Self { what, variable, .. } = self;
        let file_variable = format!("{variable}_FILE");
        let (origin, text) = match (option, env::var_os(variable), env::var_os(&file_variable)) {
            (Some(path), ..) => (self.option, read_file(path)?),
            (None, Some(_), Some(_)) => {
                return Err(CommandError::usage(format!("both `{variable}` and `{file_variable}` are set"))
                    .hint("unset one of them, so that it is clear which counts"));
            }
            (None, Some(text), None) => {
                let text = text
                    .into_string()
                    .map_err(|_| self.malformed(variable, SecretError::NotPrintableAscii))?;
                (*variable, Zeroizing::new(text))
            }
            (None, None, Some(path)) => (file_variable.as_str(), read_file(Path::new(&path))?),
            (None, None, None) => {
                return Err(CommandError::usage(format!("{what} is missing")).hint(format!(
                    "set `{variable}`, or name a file by `{file_variable}` or `{}`; `--sandbox` needs none",
                    self.option
                )));
            }
        };
        new(&text).map_err(|error| self.malformed(origin, error))
    }

    fn malformed(&self, origin: &str, error: SecretError) -> CommandError {
        CommandError::usage(format!("{} from `{origin}` is malformed: {error}", self.what))
            .hint("copy it again from the vendor's dashboard, without spaces and quotes")
    }
}

/// The text of a file without the line break that editors put at the end.
fn read_file(path: &Path) -> Result<Zeroizing<String>, CommandError> {
    let bytes = read_file_bounded(path, MAX_FILE)?;
    let text = std::str::from_utf8(&bytes)
        .ok()
        .filter(|text| text.len() <= MAX_FILE)
        .ok_or_else(|| CommandError::usage(format!("`{}` does not hold a secret", path.display())))?;
    let text = text.strip_suffix('\n').unwrap_or(text);
    Ok(Zeroizing::new(text.strip_suffix('\r').unwrap_or(text).to_owned()))
}
