//! The engine while it runs: what its parts share, how it begins and how it ends.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use kyc_ledger::Ledger;
use kyc_policy::Policy;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{info, warn};

use super::account::Accounts;
use super::code::Code;
use super::flights::Flights;
use super::gate::Gate;
use super::options::EngineOptions;
use super::policies::PolicySet;
use super::problem::Problem;

/// Issues tokens by policy name, for callers. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Engine {
    pub(super) parts: Arc<Parts>,
}

pub(super) struct Parts {
    pub(super) policies: ArcSwap<PolicySet>,
    pub(super) ledger: Ledger,
    pub(super) accounts: Accounts,
    pub(super) gates: Vec<Arc<Gate>>,
    pub(super) options: EngineOptions,
    pub(super) flights: Flights,
    /// Requests that may be at the vendor. They are never abandoned, whether or not anybody waits for them.
    pub(super) calls: TaskTracker,
    chores: TaskTracker,
    pub(super) closing: CancellationToken,
}

impl Engine {
    /// An engine over an open ledger. [`Engine::start`] makes it find out unknown outcomes.
    pub fn new(ledger: Ledger, accounts: Accounts, policies: PolicySet, options: EngineOptions) -> Self {
        let gates =
            accounts.iter().map(|account| Arc::new(Gate::new(Arc::clone(account), &options))).collect();
        let parts = Parts {
            policies: ArcSwap::from_pointee(policies),
            ledger,
            accounts,
            gates,
            options,
            flights: Flights::default(),
            calls: TaskTracker::new(),
            chores: TaskTracker::new(),
            closing: CancellationToken::new(),
        };
        Self { parts: Arc::new(parts) }
    }

    /// The policies in force.
    pub fn policies(&self) -> Arc<PolicySet> {
        self.parts.policies.load_full()
    }

    /// Puts other policies in force, as a whole. Requests under way keep theirs.
    pub fn replace(&self, policies: PolicySet) {
        self.parts.policies.store(Arc::new(policies));
    }

    /// The vendor's accounts.
    pub fn accounts(&self) -> &Accounts {
        &self.parts.accounts
    }

    /// The ledger.
    pub fn ledger(&self) -> &Ledger {
        &self.parts.ledger
    }

    /// Whether it has been told to stop.
    pub fn is_stopping(&self) -> bool {
        self.parts.closing.is_cancelled()
    }

    /// Begins to find out unknown outcomes, round by round until [`Engine::stop`].
    pub fn start(&self) {
        let parts = Arc::clone(&self.parts);
        self.parts.chores.spawn(async move { parts.reconcile_until_closing().await });
    }

    /// Turns new requests away, those that wait included, and waits for the calls that are under way to be settled, for as
    /// long as `patience`. Says how many were not: the ledger makes them unknown when it is opened again.
    pub async fn stop(&self, patience: Duration) -> usize {
        let Parts { calls, chores, closing, .. } = &*self.parts;
        closing.cancel();
        calls.close();
        chores.close();
        if !calls.is_empty() {
            info!(calls = calls.len(), "waiting for the calls that are under way");
        }
        let ended = timeout(patience, async {
            calls.wait().await;
            chores.wait().await;
        });
        if ended.await.is_err() && !calls.is_empty() {
            warn!(calls = calls.len(), "stopping while calls are under way; their outcome is unknown");
        }
        calls.len()
    }
}

impl Parts {
    /// The gate before the account of a policy.
    pub(super) fn gate_of(&self, policy: &Policy) -> Result<&Arc<Gate>, Problem> {
        let account = self.accounts.of(policy.name()).map_err(|uncovered| {
            warn!(%uncovered, "a policy in force is for no account, or for several");
            Problem::new(Code::Internal, format!("policy `{}` is not for one account", policy.name()))
        })?;
        self.gate_named(&account.name)
            .ok_or_else(|| Problem::new(Code::Internal, "an account without a gate".to_owned()))
    }

    pub(super) fn gate_named(&self, account: &str) -> Option<&Arc<Gate>> {
        self.gates.iter().find(|gate| *gate.name == *account)
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engine").field("options", &self.parts.options).finish_non_exhaustive()
    }
}
