//! What `kyc serve` prints.

use std::path::Path;

use kyc::Timestamp;
use kyc_server::engine::Accounts;
use kyc_server::start::{Example, Inspected, Prepared, Serving, example};

use crate::error::CommandError;
use crate::files::count;
use crate::ui::Ui;

/// What is served, and how to try it.
pub(super) fn serving(ui: &mut Ui, serving: &Serving, is_sandbox: bool) -> Result<(), CommandError> {
    let address = format!("{}://{}", serving.scheme(), serving.address());
    let set = serving.engine().policies();
    let policies = count(set.registry().len(), "policy", "policies");
    let vendor = if is_sandbox {
        "a stand-in of the vendor: its sessions verify nobody".to_owned()
    } else {
        accounts(serving.engine().accounts())
    };
    ui.line(format_args!("serving {policies} on {address}, with {vendor}"))?;
    if !serving.asks_for_keys() {
        ui.line(
            "no caller has a key yet: until one has, everybody on this machine may ask, and nobody else",
        )?;
    }
    if let Some(example) = example(&set, Timestamp::now()).filter(|_| is_sandbox && !serving.asks_for_keys())
    {
        ui.line(format_args!("\n{}\n", curl(&address, &example)))?;
        ui.line("the same line again gives the same token; with a fresh key it pays for another session")?;
    }
    Ok(())
}

fn curl(address: &str, example: &Example) -> String {
    let Example { policy, body } = example;
    let key = uuid::Uuid::new_v4();
    // No quote is in the made-up data, and none in a name.
    format!(
        "curl -sS {address}/v1/policies/{policy}/tokens -H 'Content-Type: application/json' \
         -H 'Idempotency-Key: {key}' -d '{body}'"
    )
}

fn accounts(accounts: &Accounts) -> String {
    let named =
        accounts.iter().map(|account| format!("account `{}` ({})", account.name, account.environment));
    named.collect::<Vec<_>>().join(", ")
}

/// What was found fine.
pub(super) fn checked(ui: &mut Ui, prepared: &Prepared) -> Result<(), CommandError> {
    let settings = prepared.settings();
    let registry = prepared.policies().registry();
    let folder: &Path = &settings.policies;
    let keys = prepared.master_keys().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
    ui.line(format_args!("policies      {} in {}", registry.len(), folder.display()))?;
    for account in prepared.accounts().iter() {
        let covered = registry.iter().filter(|policy| account.policies.matches(policy.name())).count();
        let policies = count(covered, "policy", "policies");
        ui.line(format_args!("account       `{}` ({}), {policies}", account.name, account.environment))?;
    }
    ui.line(format_args!("master keys   {keys}"))?;
    Ok(())
}

/// What was found where sessions are kept, and who may ask.
pub(super) fn inspected(ui: &mut Ui, prepared: &Prepared, found: Inspected) -> Result<(), CommandError> {
    let listen = prepared.settings().listen;
    let (state, callers) = match found {
        Inspected::Nothing => ("it is made when the service starts", 0),
        Inspected::Ledger { callers } => ("a ledger of this release, and of these keys", callers),
    };
    ui.line(format_args!("database      {}: {state}", prepared.database()))?;
    let scheme = if prepared.settings().tls.is_some() { "https" } else { "http" };
    ui.line(format_args!("listen        {scheme}://{listen} (not tried)"))?;
    match callers {
        0 if listen.ip().is_loopback() => ui.line("callers       no keys: everybody on this machine may ask"),
        0 => Err(CommandError::usage(format!(
            "other machines could reach the service on {listen}, and no caller has a key yet"
        ))
        .hint("make a key by `kyc keys add NAME`, with the same settings")),
        keys => ui.line(format_args!("callers       {}", count_u64(keys))),
    }
}

fn count_u64(keys: u64) -> String {
    if keys == 1 { "1 key".to_owned() } else { format!("{keys} keys") }
}
