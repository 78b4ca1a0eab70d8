//! `kyc schema`: the JSON Schema of policies and of what stands beside them, for editors.

use clap::Args;
use kyc::policy::{POLICY_SCHEMA_FILE, SET_SCHEMA_FILE, policy_schema, set_schema};

use kyc_folder::TESTS_FOLDER;
use kyc_suite::SCHEMA_FILE as TESTS_SCHEMA_FILE;

use crate::error::CommandError;
use crate::exit::Exit;
use crate::ui::Ui;

/// Print the JSON Schema of a policy file
///
/// With it an editor completes keys and words, tells what they mean, and marks what no value can be, while somebody
/// types. It says what can be said of one value; `kyc check` says everything.
#[derive(Args)]
#[command(after_help = after_help())]
pub(crate) struct SchemaArgs {
    /// The schema of `_set.yaml` in its place
    #[arg(long)]
    set: bool,

    /// The schema of test files in its place
    #[arg(long, conflicts_with = "set")]
    tests: bool,
}

fn after_help() -> String {
    format!(
        "\
Examples:
  kyc schema > policies/{POLICY_SCHEMA_FILE}
  kyc schema --set > policies/{SET_SCHEMA_FILE}
  kyc schema --tests > policies/{TESTS_FOLDER}/{TESTS_SCHEMA_FILE}

The first line of a policy tells editors where its schema is:
  # yaml-language-server: $schema={POLICY_SCHEMA_FILE}"
    )
}

pub(crate) fn run(args: &SchemaArgs, ui: &mut Ui) -> Result<Exit, CommandError> {
    let schema = match (args.set, args.tests) {
        (true, _) => set_schema(),
        (_, true) => kyc_suite::schema(),
        _ => policy_schema(),
    };
    ui.bytes(schema.as_bytes())?;
    Ok(Exit::Fine)
}
