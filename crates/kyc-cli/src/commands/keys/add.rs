//! `kyc keys add`: a key for a caller.

use clap::Args;
use kyc_ledger::{CallerId, NewCaller, Scope};
use kyc_server::engine::PolicyGlob;

use crate::error::CommandError;
use crate::exit::Exit;
use crate::ledger_access::{LedgerArg, failed, work};
use crate::runtime::block_on;
use crate::ui::Ui;

/// Make a key for a caller
///
/// The key is printed once; the ledger keeps its hash alone. A caller may have several keys, so that one can be changed
/// for another without a gap.
#[derive(Args)]
#[command(after_help = "\
Examples:
  kyc keys add --name shop --policies 'eu-*' --scope issue,read
  kyc keys add --name crm --policies '*' --scope read,erase --rate 100/m > crm.key")]
pub(crate) struct AddArgs {
    /// The caller's name: small letters, digits and hyphens. Sessions belong to it, whatever key they were asked for with
    #[arg(long, value_name = "NAME")]
    name: CallerId,

    /// Names of the policies that it may use; `*` stands for any characters
    #[arg(long, value_name = "NAMES", value_delimiter = ',', required = true, value_parser = glob)]
    policies: Vec<String>,

    /// What it may do: `issue` tokens, `read` policies and its sessions, `erase` personal data of its sessions
    #[arg(long, value_name = "SCOPES", value_delimiter = ',', default_values = ["issue", "read"])]
    scope: Vec<Scope>,

    /// How many requests it may make in a minute, such as `100/m`; without it, as many as the service takes
    #[arg(long, value_name = "NUMBER/m", value_parser = rate)]
    rate: Option<u32>,

    #[command(flatten)]
    ledger: LedgerArg,
}

fn glob(text: &str) -> Result<String, String> {
    PolicyGlob::new(text).map(|glob| glob.as_str().to_owned()).map_err(|error| error.to_string())
}

fn rate(text: &str) -> Result<u32, String> {
    let number = text.strip_suffix("/m").and_then(|number| number.parse().ok()).filter(|number| *number > 0);
    number.ok_or_else(|| "write a number of requests in a minute, such as `100/m`".to_owned())
}

pub(crate) fn run(args: &AddArgs, ui: &mut Ui) -> Result<Exit, CommandError> {
    let mut scopes = args.scope.clone();
    scopes.sort_unstable_by_key(|scope| Scope::ALL.iter().position(|known| known == scope));
    scopes.dedup();
    let new = NewCaller {
        id: args.name.clone(),
        policies: args.policies.clone(),
        scopes,
        rate_per_minute: args.rate,
    };
    let settings = args.ledger.settings(ui)?;
    let access = args.ledger.access(&settings, ui)?;
    let key =
        block_on(work(&settings, access, async |ledger| ledger.callers().add(new).await.map_err(failed)))?;
    ui.line(key.expose_secret())?;
    let name = key.name();
    ui.note(format_args!(
        "this is the key `{name}` of `{}`; it is shown this once, and kept nowhere: `kyc keys revoke {name}` ends it",
        args.name
    ));
    Ok(Exit::Fine)
}
