//! Finding out what became of calls whose outcome is unknown, by the vendor's own list.

use std::sync::Arc;

use futures_util::{StreamExt, stream};
use kyc_client::Client;
use kyc_core::{ClientId, Page, ScanRef};
use kyc_ledger::{Found, LedgerError, State, Unknown};
use metrics::{counter, gauge};
use tokio::time::sleep;
use tracing::{error, info, warn};

use super::gate::Gate;
use super::running::Parts;

/// How many clients are looked up at once.
const AT_ONCE: usize = 4;
/// No client has more sessions than fit on so many pages.
const MOST_PAGES: u32 = 100;

impl Parts {
    /// One round after another, until the engine stops.
    pub(super) async fn reconcile_until_closing(self: Arc<Self>) {
        let rounds = async {
            loop {
                self.gates.iter().for_each(|gate| gate.measure());
                if let Err(error) = self.round().await {
                    warn!(%error, "unknown outcomes could not be found out; trying again later");
                }
                sleep(self.options.reconcile.every).await;
            }
        };
        // A round that is cut off has only leased what nobody else looks at for a while.
        tokio::select! {
            () = self.closing.cancelled() => {}
            () = rounds => {}
        }
    }

    /// Gives up calls whose lease has run out, and looks for what has been unknown for long enough.
    pub(super) async fn round(&self) -> Result<(), LedgerError> {
        let expired = self.ledger.expire_leases().await?;
        if expired > 0 {
            warn!(calls = expired, "calls were not settled in time; their outcome is unknown");
        }
        let options = &self.options.reconcile;
        let unknowns = self.ledger.unknowns(options.quiet, options.batch).await?;
        gauge!("kyc_unknown_sessions").set(u32::try_from(unknowns.len()).unwrap_or(u32::MAX));
        stream::iter(unknowns).for_each_concurrent(AT_ONCE, |unknown| self.find_out(unknown)).await;
        Ok(())
    }

    async fn find_out(&self, unknown: Unknown) {
        let id = unknown.id();
        let Some(gate) = self.gate_named(&unknown.account) else {
            error!(session = %id, account = %unknown.account, "an unknown outcome is of an account that is not set");
            return;
        };
        let Some(scan_refs) = self.listed(gate, &unknown.client).await else { return };
        match self.ledger.reconcile(unknown, Found::from(scan_refs)).await {
            Ok(session) => {
                let outcome = match session.state {
                    State::Absent => "absent",
                    State::Ambiguous => "ambiguous",
                    _ => "lost",
                };
                counter!("kyc_reconciled_total", "outcome" => outcome).increment(1);
                info!(session = %id, outcome, "an unknown outcome was found out");
            }
            Err(error) => warn!(session = %id, %error, "what was found out could not be recorded"),
        }
    }

    /// All sessions that the vendor lists of the client; `None` if it cannot be said now.
    async fn listed(&self, gate: &Gate, client: &ClientId) -> Option<Vec<ScanRef>> {
        if gate.is_paused() {
            return None;
        }
        let vendor = gate.account.client.once_within(self.options.deadline);
        let mut scan_refs = Vec::new();
        let mut page = Page::FIRST;
        loop {
            gate.take_rate(&self.ledger).await.ok()?;
            let list = sessions_on(&vendor, client, page).await?;
            scan_refs.extend(list.results.into_iter().map(|row| row.scan_ref));
            if !list.has_next {
                let is_whole = u64::try_from(scan_refs.len()).is_ok_and(|seen| seen >= list.count);
                if !is_whole {
                    warn!(account = %gate.name, "the vendor's list is shorter than it says; asking again later");
                }
                return is_whole.then_some(scan_refs);
            }
            page = page.next().filter(|page| page.number() <= MOST_PAGES).or_else(|| {
                error!(account = %gate.name, "a client has more sessions than are looked through");
                None
            })?;
        }
    }
}

async fn sessions_on(vendor: &Client, client: &ClientId, page: Page) -> Option<kyc_core::Identifications> {
    match vendor.identifications(client, page).await {
        Ok(list) => Some(list),
        Err(error) => {
            warn!(%error, "the vendor's list could not be read; asking again later");
            None
        }
    }
}
