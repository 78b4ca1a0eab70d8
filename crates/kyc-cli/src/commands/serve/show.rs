//! What `kyc serve` prints.

use std::path::Path;

use kyc::Timestamp;
use kyc_server::engine::Accounts;
use kyc_server::start::{Example, Prepared, Serving, example};

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
        ui.line("no caller has a key, so everybody on this machine may ask, and nobody else")?;
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
