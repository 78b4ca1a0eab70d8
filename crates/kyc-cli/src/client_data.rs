//! One client's data from the command line, a file or standard input.

use std::io;
use std::path::PathBuf;

use clap::{Args, ValueHint};
use kyc::policy::{JsonError, read_json};
use kyc::{Client, ClientField, ClientInput};
use zeroize::Zeroizing;

use crate::error::CommandError;
use crate::files::{read_bounded, read_file_bounded};

/// More than the reader of JSON takes, so that it can say so.
const MAX_DATA: usize = 64 * 1024;

/// The options that bring one client's data.
#[derive(Args, Clone)]
pub(crate) struct ClientArgs {
    /// The client: your own identifier of the person, best a random one
    #[arg(long, value_name = "ID")]
    client_id: Option<String>,

    /// A field of the client's data; repeat it for more
    ///
    /// Others on this machine can read a command line: real people's data belong into --data.
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,

    /// A JSON object with fields of the client's data; `-` is standard input
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    data: Option<PathBuf>,
}

/// Why a client's data cannot be taken.
#[derive(Debug)]
pub(crate) enum DataError {
    /// The options or the file are at fault.
    Command(CommandError),
    /// The text of `--data` is.
    Json(JsonError),
}

impl ClientArgs {
    /// The data of all options together. A field that comes twice is left to the rule against it.
    pub(crate) fn read(&self) -> Result<Client, DataError> {
        let mut input = ClientInput::default();
        if let Some(client_id) = &self.client_id {
            input.text(ClientField::ClientId.as_str(), client_id);
        }
        for pair in &self.set {
            let (key, value) = split(pair).map_err(DataError::Command)?;
            input.text(key, value);
        }
        if let Some(bytes) = self.data().map_err(DataError::Command)? {
            input.append(read_json(&bytes).map_err(DataError::Json)?);
        }
        Ok(Client::read(&input))
    }

    fn data(&self) -> Result<Option<Zeroizing<Vec<u8>>>, CommandError> {
        let Some(path) = &self.data else { return Ok(None) };
        let bytes = if path.as_os_str() == "-" {
            read_bounded(io::stdin().lock(), MAX_DATA)
                .map_err(|error| CommandError::usage(format!("cannot read standard input: {error}")))?
        } else {
            read_file_bounded(path, MAX_DATA)?
        };
        Ok(Some(bytes))
    }
}

/// The key and value of one `--set`. What is wrong is told without either: both may be personal.
fn split(pair: &str) -> Result<(&str, &str), CommandError> {
    let example = "write `--set first_name=Ann`; quote a value with spaces: `--set 'first_name=Ann Mary'`";
    let (key, value) = pair
        .split_once('=')
        .filter(|(key, _)| !key.is_empty())
        .ok_or_else(|| CommandError::usage("a `--set` is not of the form KEY=VALUE").hint(example))?;
    if key == ClientField::StepData.as_str() {
        return Err(CommandError::usage("`step_data` is not a text, so `--set` cannot give it")
            .hint("give it in the JSON of `--data`: { \"step_data\": { \"STEP\": { \"FIELD\": \"…\" } } }"));
    }
    Ok((key, value))
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn only_the_first_sign_divides_and_nothing_is_repeated() {
        assert_eq!(split("address=a=b").unwrap(), ("address", "a=b"));
        assert_eq!(split("address=").unwrap(), ("address", ""));
        for pair in ["Marker", "=Marker", "step_data=Marker"] {
            assert!(!split(pair).unwrap_err().to_string().contains("Marker"), "{pair}");
        }
    }
}
