//! `kyc request`: what would be sent, without sending it.

use clap::Args;
use jiff::Timestamp;
use kyc::policy::merge;

use crate::client_data::ClientArgs;
use crate::error::CommandError;
use crate::exit::Exit;
use crate::files::PoliciesArg;
use crate::format::FormatArg;
use crate::problems::{client_refused, located, open, show, tell};
use crate::refusal::{data_error, unknown_policy};
use crate::ui::Ui;

/// Show the request that would be sent for one client, and send nothing
///
/// The body goes to standard output as it would go over the wire, byte for byte, and a line break after it. What is
/// wrong with the client's data goes to standard error, or with `--format json` as an array to standard output in
/// place of the body.
#[derive(Args)]
#[command(after_help = "\
Examples:
  kyc request shop --client-id c-1 --set first_name=Ann --set date_of_birth=1990-05-15
  kyc request shop --data client.json --mask | jq
  echo '{\"client_id\": \"c-1\"}' | kyc request shop --data -

Ends with 1 if a policy or the client's data is wrong, or no policy has the name.")]
pub(crate) struct RequestArgs {
    /// The policy
    name: String,

    #[command(flatten)]
    client: ClientArgs,

    #[command(flatten)]
    policies: PoliciesArg,

    /// Write `***` in place of every personal value
    #[arg(long)]
    mask: bool,

    #[command(flatten)]
    format: FormatArg,
}

pub(crate) fn run(args: &RequestArgs, ui: &mut Ui) -> Result<Exit, CommandError> {
    let format = args.format.format;
    let (folder, registry) = open(&args.policies, format, ui)?;
    let policy = registry.policy(&args.name).map_err(|error| unknown_policy(ui, format, &error))?;
    let client = args.client.read().map_err(|error| data_error(ui, format, error))?;
    let merged = match merge(policy, client, Timestamp::now()) {
        Ok(merged) => merged,
        Err(problems) => {
            let problems = located(problems, folder.file(&args.name).map(|file| &file.places));
            show(ui, format, folder.sources(), &problems)?;
            return Err(client_refused(&args.name, &problems));
        }
    };
    let warnings = located(merged.warnings().to_vec(), folder.file(&args.name).map(|file| &file.places));
    tell(ui, folder.sources(), &warnings);
    if args.mask {
        ui.bytes(merged.request().to_masked_wire().as_bytes())?;
    } else {
        ui.bytes(&merged.request().to_wire())?;
    }
    ui.bytes(b"\n")?;
    Ok(Exit::Fine)
}
